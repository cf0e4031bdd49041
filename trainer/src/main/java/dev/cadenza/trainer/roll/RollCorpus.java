package dev.cadenza.trainer.roll;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.files.Sha256;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.Split;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Piano rolls in three splits. Immutable.
 *
 * @param name the file's, without its endings
 * @param sha256 of the file
 * @param rolls by split, each with at least one step
 */
public record RollCorpus(String name, String sha256, Map<Split, List<PianoRoll>> rolls) {
    /** What the provenance of a model calls this corpus' splits. */
    public static final String FILE_SPLIT = "of the file";

    private static final Map<String, Split> NAMES =
            Map.of("train", Split.TRAIN, "valid", Split.VALIDATION, "test", Split.TEST);
    private static final int GZIP_MAGIC = 0x1f8b;

    public RollCorpus {
        Map<Split, List<PianoRoll>> copy = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            copy.put(split, List.copyOf(rolls.getOrDefault(split, List.of())));
        }
        rolls = copy;
    }

    /**
     * Reads {@code {"train": [[[pitch, ...], ... steps], ... sequences], "valid": ..., "test": ...}}, plain or gzipped;
     * pitches are MIDI's. A sequence without a step is left out.
     *
     * @throws CorpusFormatException when it is something else, a pitch is not on the piano, or there is nothing to train or
     *     to validate on; says where
     */
    public static RollCorpus read(Path path) throws IOException, CorpusFormatException {
        if (!Files.isRegularFile(path)) {
            throw new CorpusFormatException(path + ": no such file");
        }
        byte[] bytes = Files.readAllBytes(path);
        Map<Split, List<PianoRoll>> rolls = new EnumMap<>(Split.class);
        try (InputStream plain = plain(bytes);
                JsonParser parser = new ObjectMapper().getFactory().createParser(plain)) {
            expect(path, parser, parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                Split split = NAMES.get(field);
                if (split == null) {
                    throw new CorpusFormatException(path + ": unknown split \"" + field + "\": train, valid, test");
                }
                if (rolls.put(split, sequences(path, parser)) != null) {
                    throw new CorpusFormatException(path + ": the split \"" + field + "\" is there twice");
                }
            }
            if (parser.nextToken() != null) {
                throw new CorpusFormatException(place(path, parser) + ": more after the object of splits");
            }
        } catch (EOFException | ZipException e) {
            throw new CorpusFormatException(path + ": a damaged gzip file: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new CorpusFormatException(path + ": not the JSON of piano rolls: " + e.getOriginalMessage(), e);
        }
        RollCorpus corpus = new RollCorpus(nameOf(path), Sha256.hex(bytes), rolls);
        for (Split split : new Split[] {Split.TRAIN, Split.VALIDATION}) {
            if (corpus.rolls(split).isEmpty()) {
                throw new CorpusFormatException(path + ": no sequence in its " + split.label() + " split");
            }
        }
        return corpus;
    }

    private static InputStream plain(byte[] bytes) throws IOException {
        boolean gzipped = bytes.length > 1 && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) == GZIP_MAGIC;
        InputStream stream = new ByteArrayInputStream(bytes);
        return gzipped ? new GZIPInputStream(stream) : stream;
    }

    private static List<PianoRoll> sequences(Path path, JsonParser parser) throws IOException, CorpusFormatException {
        List<PianoRoll> sequences = new ArrayList<>();
        expect(path, parser, parser.nextToken(), JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(path, parser, parser.currentToken(), JsonToken.START_ARRAY);
            List<int[]> steps = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(path, parser, parser.currentToken(), JsonToken.START_ARRAY);
                steps.add(step(path, parser));
            }
            if (!steps.isEmpty()) {
                sequences.add(roll(steps));
            }
        }
        return sequences;
    }

    private static int[] step(Path path, JsonParser parser) throws IOException, CorpusFormatException {
        List<Integer> keys = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(path, parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT);
            int key = parser.getIntValue() - PianoRoll.LOWEST_PITCH;
            if (key < 0 || key >= PianoRoll.KEYS) {
                throw new CorpusFormatException(place(path, parser) + ": pitch (" + parser.getIntValue()
                        + ") must be in " + PianoRoll.LOWEST_PITCH + ".."
                        + (PianoRoll.LOWEST_PITCH + PianoRoll.KEYS - 1));
            }
            keys.add(key);
        }
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }

    private static PianoRoll roll(List<int[]> steps) {
        PianoRoll.Builder builder = new PianoRoll.Builder(steps.size());
        for (int step = 0; step < steps.size(); step++) {
            for (int key : steps.get(step)) {
                builder.on(step, key);
            }
        }
        return builder.build();
    }

    private static void expect(Path path, JsonParser parser, JsonToken actual, JsonToken expected)
            throws CorpusFormatException {
        if (actual != expected) {
            throw new CorpusFormatException(place(path, parser) + ": " + actual + " where " + expected
                    + " was expected; splits hold sequences of steps of pitches");
        }
    }

    /** Where the current token begins. */
    private static String place(Path path, JsonParser parser) {
        JsonLocation location = parser.currentTokenLocation();
        return path + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String nameOf(Path path) {
        Path file = path.getFileName();
        String name = file == null ? "rolls" : file.toString();
        return name.replaceFirst("\\.json(\\.gz)?$", "");
    }

    /** The sequences of a split. */
    public List<PianoRoll> rolls(Split split) {
        return rolls.getOrDefault(split, List.of());
    }

    /** How many steps a split has. */
    public long steps(Split split) {
        return rolls(split).stream().mapToLong(PianoRoll::steps).sum();
    }
}
