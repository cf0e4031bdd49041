package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.evaluation.Excerpt;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.evaluation.PlayedPieces;
import dev.cadenza.trainer.evaluation.PlayedSets;
import dev.cadenza.trainer.training.Mixing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A blind listening page: static files that need no server and no network. Clips are notes, which the page plays by
 * itself, people's and the model's by the same sound; which is whose stands in a file that the page does not read.
 */
public final class ListeningPage {
    private static final int NOTES = 200;
    private static final double SECONDS = 20;
    private static final int MILLIS = 1000;
    private static final String PEOPLE = "people";

    private ListeningPage() {}

    /**
     * Makes the page in {@code folder/listening}.
     *
     * @param pairs clips of each kind
     * @param seed of the model's pieces, people's excerpts and the order
     * @throws IllegalArgumentException when there are too few held-out pieces
     */
    public static Path make(
            Path folder, EncodedCorpus corpus, ExporterLauncher exporter, Path model, int pairs, long seed)
            throws IOException, CorpusFormatException {
        if (pairs < 1) {
            throw new IllegalArgumentException("pairs (" + pairs + ") must be at least 1");
        }
        Path page = Files.createDirectories(folder.resolve("listening"));
        List<Excerpt> people = new ArrayList<>(PlayedSets.openings(corpus, 0, Integer.MAX_VALUE, NOTES));
        if (people.size() < pairs) {
            throw new IllegalArgumentException(
                    "pairs (" + pairs + ") must be at most the held-out pieces (" + people.size() + ")");
        }
        Collections.shuffle(people, new Random(seed));
        Path midi = Files.createTempDirectory("clips");
        List<Excerpt> played;
        try {
            exporter.play(List.of("--model", model.toString()), pairs, NOTES, seed, midi);
            played = PlayedPieces.read(midi, corpus.ticksPerSecond());
        } finally {
            PlayedSets.delete(midi);
        }
        write(page, people.subList(0, pairs), played, named(model), seed);
        return page;
    }

    /** {@code models/x/1} is x@1. */
    private static String named(Path version) {
        Path whole = version.toAbsolutePath().normalize();
        Path name = whole.getParent();
        return (name == null ? "model" : name.getFileName()) + "@" + whole.getFileName();
    }

    private static void write(Path page, List<Excerpt> people, List<Excerpt> played, String model, long seed)
            throws IOException {
        record Clip(String source, Excerpt notes) {}
        List<Clip> clips = new ArrayList<>();
        people.forEach(notes -> clips.add(new Clip(PEOPLE, notes)));
        played.forEach(notes -> clips.add(new Clip(model, notes)));
        Collections.shuffle(clips, new Random(Mixing.mix(seed, 1)));
        String id = Long.toHexString(Mixing.mix(seed, clips.size(), model.hashCode()));
        ObjectMapper mapper = new ObjectMapper();
        Map<String, String> sources = new LinkedHashMap<>();
        ObjectNode shown = mapper.createObjectNode().put("page", id);
        for (int index = 0; index < clips.size(); index++) {
            String name = String.format(Locale.ROOT, "clip-%02d", index + 1);
            sources.put(name, clips.get(index).source());
            shown.withObject("/clips").set(name, notes(mapper, clips.get(index).notes()));
        }
        Files.createDirectories(page.resolve("ratings"));
        new ListeningKey(id, sources).write(page);
        Files.writeString(page.resolve("clips.js"), "const CLIPS = " + shown + ";\n");
        Files.writeString(page.resolve("index.html"), resource("listen.html"));
        Files.writeString(page.resolve("listen.js"), resource("listen.js"));
    }

    /** [[onset ms, duration ms, pitch, velocity], ..] of the first seconds. */
    private static ArrayNode notes(ObjectMapper mapper, Excerpt excerpt) {
        ArrayNode notes = mapper.createArrayNode();
        int[] rows = excerpt.rows();
        long onset = 0;
        for (int at = 0; at < rows.length; at += EncodedCorpus.COLUMNS) {
            onset += at == 0 ? 0 : rows[at];
            long millis = onset * MILLIS / excerpt.ticksPerSecond();
            if (millis > SECONDS * MILLIS) {
                break;
            }
            notes.addArray()
                    .add(millis)
                    .add((long) rows[at + 3] * MILLIS / excerpt.ticksPerSecond())
                    .add(rows[at + 1])
                    .add(rows[at + 2]);
        }
        return notes;
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = ListeningPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
