package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.measures.Histogram;
import dev.cadenza.trainer.measures.PieceFeatures;
import dev.cadenza.trainer.playing.PlayedSets;
import dev.cadenza.trainer.playing.PlayingFigures;
import dev.cadenza.trainer.report.LineChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Part 6: what every published model plays from silence, beside openings of people's held-out pieces. */
final class GenerationPart implements StudyPart {
    private static final int NOTES = 200;
    private static final String PEOPLE = "people";

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String title() {
        return "What the models play";
    }

    private static String key(StudyContext context, String name) {
        // Cells under generation/ are of an earlier copy check.
        return "played/" + context.plan().pieces() + "-" + name;
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus corpus = context.data().performances();
        int pieces = context.plan().pieces();
        Attempts attempts = new Attempts(context);
        attempts.add(() -> context.cells().of(key(context, PEOPLE), () -> PlayedSets.people(corpus, pieces, NOTES)));
        if (context.exporter().isEmpty() || context.models().isEmpty()) {
            context.log().accept("the models of part 6 are skipped: no --exporter or no --models");
            attempts.end();
            return;
        }
        for (Map.Entry<String, Path> version : versions(context.models().get()).entrySet()) {
            attempts.add(() -> context.cells().of(key(context, version.getKey()), () -> {
                Path folder = context.folder().resolve("midi").resolve(version.getKey());
                context.exporter()
                        .get()
                        .play(List.of("--model", version.getValue().toString()), pieces, NOTES, 1, folder);
                context.log().accept(version.getKey() + ": played");
                return PlayedSets.played(folder, corpus, TaughtNotes.of(corpus, version.getValue()), pieces, NOTES);
            }));
        }
        attempts.end();
    }

    /** The highest version of each name. */
    static Map<String, Path> versions(Path models) throws IOException {
        Map<String, Path> versions = new LinkedHashMap<>();
        for (Path name : folders(models)) {
            Optional<Path> highest = folders(name).stream()
                    .filter(version -> last(version).matches("[1-9][0-9]{0,8}"))
                    .max(Comparator.comparingInt(version -> Integer.parseInt(last(version))));
            highest.ifPresent(version -> versions.put(last(name) + "@" + last(version), version));
        }
        return versions;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String last(Path path) {
        return String.valueOf(path.getFileName());
    }

    @Override
    public void write(StudyContext context) throws IOException {
        Optional<ObjectNode> people = context.cells().read(key(context, PEOPLE));
        if (people.isEmpty()) {
            context.report().paragraph("Not done yet.");
            return;
        }
        Map<String, ObjectNode> sets = new LinkedHashMap<>();
        sets.put("people, the ceiling", people.get());
        // Whatever was measured, with or without --models now.
        String begin = key(context, "");
        for (String key : context.cells().keys()) {
            if (key.startsWith(begin) && !key.equals(key(context, PEOPLE))) {
                sets.put(
                        key.substring(begin.length()), context.cells().read(key).orElseThrow());
            }
        }
        List<String> header = new ArrayList<>(List.of("pieces of"));
        header.addAll(PlayingFigures.header());
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> features = new ArrayList<>();
        LineChart onsets = new LineChart("inter-onset times", "seconds", "share of notes").logX();
        LineChart lengths = new LineChart("durations", "seconds", "share of notes").logX();
        double[] seconds = new double[Histogram.CLASSES];
        Arrays.setAll(seconds, Histogram::seconds);
        sets.forEach((name, cell) -> {
            List<String> row = new ArrayList<>(List.of(name));
            row.addAll(PlayingFigures.row(cell));
            rows.add(row);
            for (PieceFeatures feature : PieceFeatures.all()) {
                features.add(List.of(
                        name,
                        feature.title(),
                        Figures.of(
                                "%.4f",
                                cell.path("features").path(feature.title()).path("overlap")),
                        Figures.of(
                                "%.4f",
                                cell.path("features").path(feature.title()).path("kl_nats"))));
            }
            onsets.add(name, seconds, OptimiserPart.numbers(cell.path("inter_onset_shares")));
            lengths.add(name, seconds, OptimiserPart.numbers(cell.path("duration_shares")));
        });
        context.report()
                .paragraph(String.format(
                        Locale.ROOT,
                        "%d pieces of %d notes from silence (temperature 1, the guards that a server has on), seeds from 1,"
                                + " against the first %d notes of %d held-out pieces; the first row is other people's openings"
                                + " against the same. OA and KL (nats): MGEval's nine features, distances of all pairs,"
                                + " overlap area and KL of the densities on a common grid, means of the nine. Then medians:"
                                + " notes a second, polyphony, pitch class entropy (bits), scale consistency, share of"
                                + " repeated runs of four pitches, how often a bar repeats, longest silence. Overlap of the"
                                + " pooled histograms of onsets and lengths. \"Copied\" is the longest run of notes, whatever"
                                + " the key and nearly whatever the tempo, that training pieces have too, and beside it that of held-out"
                                + " people's openings by the same reading: for a piano-roll model all of them on its grid.",
                        context.plan().pieces(),
                        NOTES,
                        NOTES,
                        people.get().path("people").asInt()))
                .table("generation", header, rows)
                .figure("generation-onsets", "Inter-onset times, pooled", onsets.svg())
                .figure("generation-lengths", "Durations, pooled", lengths.svg())
                .csv("generation-features", List.of("pieces of", "feature", "overlap", "kl_nats"), features);
        if (sets.size() == 1) {
            context.report().paragraph("The models are skipped without --exporter and --models.");
        }
    }
}
