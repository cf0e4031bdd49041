package dev.cadenza.trainer.corpus;

import dev.cadenza.files.FileProblem;
import dev.cadenza.files.Printable;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiFormatException;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.MidiReading;
import dev.cadenza.music.MidiWarning;
import dev.cadenza.notematrix.NoteMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A corpus as note matrices: all rows of all pieces in one array, kept in a cache file between runs.
 *
 * <p>Sixteen bytes per note: 113 MB for MAESTRO. Safe for reading by several threads.
 */
public final class EncodedCorpus {
    /** Columns of a row: interval, pitch, velocity, duration. */
    public static final int COLUMNS = 4;

    private static final MidiReadOptions READING = new MidiReadOptions(true, MidiLimits.CORPUS);

    private final Corpus corpus;
    private final int ticksPerSecond;
    private final List<EncodedPiece> pieces;
    private final Map<String, String> skipped;
    private final Map<String, String> warned;
    private final int[] rows;

    EncodedCorpus(
            Corpus corpus,
            int ticksPerSecond,
            List<EncodedPiece> pieces,
            Map<String, String> skipped,
            Map<String, String> warned,
            int[] rows) {
        this.corpus = corpus;
        this.ticksPerSecond = ticksPerSecond;
        this.pieces = List.copyOf(pieces);
        this.skipped = Map.copyOf(skipped);
        this.warned = Map.copyOf(warned);
        this.rows = rows;
    }

    /**
     * Encodes a corpus, or reads what an earlier call left in the cache for the same files.
     *
     * @param data the folder or zip that {@code corpus} was opened from
     * @param ticksPerSecond the grid of the rows
     * @param cache folder for cache files, made when absent
     * @param progress called with the files done, from any thread
     * @throws CorpusFormatException when no file of the corpus can be read
     */
    public static EncodedCorpus encode(Path data, Corpus corpus, int ticksPerSecond, Path cache, IntConsumer progress)
            throws IOException, CorpusFormatException {
        Files.createDirectories(cache);
        CorpusCache file = new CorpusCache(cache, corpus, ticksPerSecond);
        EncodedCorpus cached = file.load();
        if (cached != null) {
            return cached;
        }
        int[][] encoded = new int[corpus.files().size()][];
        @Nullable String[] reasons = new String[encoded.length];
        @Nullable String[] warnings = new String[encoded.length];
        try (CorpusSource source = CorpusSource.of(data)) {
            AtomicInteger done = new AtomicInteger();
            IntStream.range(0, encoded.length).parallel().forEach(index -> {
                encodeFile(source, corpus.files().get(index), ticksPerSecond, encoded, reasons, warnings, index);
                progress.accept(done.incrementAndGet());
            });
        }
        List<EncodedPiece> pieces = new ArrayList<>();
        Map<String, String> skipped = new TreeMap<>(corpus.skipped());
        Map<String, String> warned = new TreeMap<>();
        List<int[]> kept = new ArrayList<>();
        int firstRow = 0;
        for (int index = 0; index < encoded.length; index++) {
            CorpusFile source = corpus.files().get(index);
            String reason = reasons[index];
            if (reason != null) {
                skipped.put(source.path(), reason);
                continue;
            }
            String warning = warnings[index];
            if (warning != null) {
                warned.put(source.path(), warning);
            }
            int notes = encoded[index].length / COLUMNS;
            pieces.add(new EncodedPiece(source.path(), source.split(), firstRow, notes));
            kept.add(encoded[index]);
            firstRow = Math.addExact(firstRow, notes);
        }
        if (pieces.isEmpty()) {
            throw new CorpusFormatException(data + ": none of its " + encoded.length + " MIDI files can be used; "
                    + skipped.entrySet().iterator().next());
        }
        return file.store(pieces, skipped, warned, kept);
    }

    private static void encodeFile(
            CorpusSource source,
            CorpusFile file,
            int ticksPerSecond,
            int[][] encoded,
            @Nullable String[] reasons,
            @Nullable String[] warnings,
            int index) {
        encoded[index] = new int[0];
        try {
            MidiReading reading = MidiFiles.readWithWarnings(source.bytes(file.path()), file.path(), READING);
            if (!reading.warnings().isEmpty()) {
                warnings[index] =
                        reading.warnings().stream().map(MidiWarning::message).collect(Collectors.joining("; "));
            }
            NoteMatrix matrix = NoteMatrix.of(reading.score(), ticksPerSecond);
            if (matrix.size() == 0) {
                reasons[index] = "no pitched note";
            } else {
                encoded[index] = matrix.rows();
            }
        } catch (MidiFormatException | IOException | IllegalArgumentException e) {
            String reason = Printable.of(FileProblem.reason(e));
            String named = file.path() + ": ";
            reasons[index] = reason.startsWith(named) ? reason.substring(named.length()) : reason;
        }
    }

    public Corpus corpus() {
        return corpus;
    }

    public int ticksPerSecond() {
        return ticksPerSecond;
    }

    /** In the order of the corpus' files. */
    public List<EncodedPiece> pieces() {
        return pieces;
    }

    public List<EncodedPiece> pieces(Split split) {
        return pieces.stream().filter(piece -> piece.split() == split).toList();
    }

    /**
     * Refuses a corpus that nothing can be learned from.
     *
     * @throws IllegalArgumentException when there is no piece to train or to validate on
     */
    public void requireTrainable() {
        int training = pieces(Split.TRAIN).size();
        int validation = pieces(Split.VALIDATION).size();
        if (training == 0 || validation == 0) {
            throw new IllegalArgumentException("the corpus has " + training + " pieces to train on and " + validation
                    + " to validate on; both must be at least 1");
        }
    }

    /** The same corpus with fewer pieces. */
    public EncodedCorpus only(Predicate<EncodedPiece> kept) {
        return new EncodedCorpus(
                corpus, ticksPerSecond, pieces.stream().filter(kept).toList(), skipped, warned, rows);
    }

    /** Changes the notes of a piece. */
    @FunctionalInterface
    public interface Change {
        /**
         * The notes as they shall be.
         *
         * @param rows of the piece [notes, {@link #COLUMNS}], row-major; a copy
         * @return as many rows as there shall be notes, at least none
         */
        int[] of(EncodedPiece piece, int[] rows);
    }

    /** A corpus of changed notes; a piece that no note is left of is left out. */
    public EncodedCorpus changed(Change change) {
        List<EncodedPiece> others = new ArrayList<>();
        List<int[]> kept = new ArrayList<>();
        int firstRow = 0;
        for (EncodedPiece piece : pieces) {
            int from = piece.firstRow() * COLUMNS;
            int[] changed = change.of(piece, Arrays.copyOfRange(rows, from, from + piece.notes() * COLUMNS));
            int notes = changed.length / COLUMNS;
            if (notes > 0) {
                others.add(new EncodedPiece(piece.path(), piece.split(), firstRow, notes));
                kept.add(changed);
                firstRow = Math.addExact(firstRow, notes);
            }
        }
        int[] all = new int[firstRow * COLUMNS];
        int at = 0;
        for (int[] of : kept) {
            System.arraycopy(of, 0, all, at, of.length);
            at += of.length;
        }
        return new EncodedCorpus(corpus, ticksPerSecond, others, skipped, warned, all);
    }

    /** Path to reason, of every file that is not among the pieces. */
    public Map<String, String> skipped() {
        return skipped;
    }

    /**
     * Path to what is odd of it, of every file among the pieces that is against the standard and was read all the same.
     */
    public Map<String, String> warned() {
        return warned;
    }

    public long notes(Split split) {
        return pieces(split).stream().mapToLong(EncodedPiece::notes).sum();
    }

    /** One value: ticks, MIDI pitch, velocity 1..127 or ticks, by column. */
    public int value(int row, int column) {
        return rows[row * COLUMNS + column];
    }
}
