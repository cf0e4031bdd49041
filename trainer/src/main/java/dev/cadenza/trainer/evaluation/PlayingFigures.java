package dev.cadenza.trainer.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures of pieces that were played, compared with people's: MGEval's nine features, histograms, MusPy's figures, repetition,
 * silence, {@link PlayingMeasure}s, and the longest run of notes that is in the training pieces too.
 */
public final class PlayingFigures {
    /** Median figures that tables show. */
    private static final List<String> SHOWN = List.of(
            "notes_per_s",
            "polyphony",
            "pitch_class_entropy_bits",
            "scale_consistency",
            "repeated_4_grams",
            "bar_repeats",
            "longest_silence_s");

    private PlayingFigures() {}

    /**
     * Measures.
     *
     * @param played the pieces
     * @param endings excerpts with the ends of those pieces; the pieces themselves when they were played to their end
     * @param people pieces of people that they are held against
     */
    static ObjectNode measure(List<Excerpt> played, List<Excerpt> endings, List<Excerpt> people, CopyCheck copies) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("pieces", played.size()).put("people", people.size());
        FigureSpread spread =
                FigureSpread.of(played.stream().map(MusicFigures::of).toList());
        node.set("figures", spread.toJson());
        node.set("measures", PlayingMeasure.toJson(PlayingMeasure.all(played, endings)));
        SetComparison comparison = SetComparison.of(people, played);
        node.put("overlap_mean", comparison.meanOverlap()).put("kl_mean_nats", comparison.meanKl());
        ObjectNode features = node.putObject("features");
        for (PieceFeatures feature : PieceFeatures.all()) {
            SetComparison.Figure figure = comparison.figure(feature);
            features.putObject(feature.title()).put("overlap", figure.overlap()).put("kl_nats", figure.kl());
        }
        histogram(node, "inter_onset", Histogram.interOnset(played), Histogram.interOnset(people));
        histogram(node, "duration", Histogram.durations(played), Histogram.durations(people));
        copies.put(node, played);
        return node;
    }

    private static void histogram(ObjectNode node, String name, Histogram played, Histogram people) {
        node.put(name + "_overlap", played.overlap(people));
        for (double share : played.shares()) {
            node.withArray(name + "_shares").add(share);
        }
    }

    /** Names of the columns of {@link #row}. */
    public static List<String> header() {
        List<String> header = new ArrayList<>(List.of("pieces", "OA", "KL"));
        header.addAll(List.of("notes/s", "polyphony", "entropy", "scale", "repeated", "bars", "silence s"));
        header.addAll(List.of("onsets OA", "lengths OA", "copied", "people's"));
        return header;
    }

    /** What tables show of {@link #measure}: medians, overlap areas, the longest copied run and people's. */
    public static List<String> row(ObjectNode measured) {
        List<String> row = new ArrayList<>();
        row.add(measured.path("pieces").asText());
        row.add(number("%.3f", measured.path("overlap_mean").asDouble()));
        row.add(number("%.3f", measured.path("kl_mean_nats").asDouble()));
        for (String name : SHOWN) {
            row.add(number(
                    "%.2f", measured.path("figures").path(name).path("median").asDouble()));
        }
        row.add(number("%.3f", measured.path("inter_onset_overlap").asDouble()));
        row.add(number("%.3f", measured.path("duration_overlap").asDouble()));
        row.add(measured.path("shared_run_notes_longest").asText());
        row.add(measured.path("people_shared_run_notes_longest").asText());
        return row;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** A table of {@link PlayingMeasure}s for people at a terminal. */
    public static String measures(ObjectNode played, ObjectNode people) {
        return PlayingMeasure.table(played.withObject("/measures"), people.withObject("/measures"));
    }

    /** A table for people at a terminal: what was played, and people against people. */
    public static String table(ObjectNode played, ObjectNode people) {
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, "%-14s %10s %10s%n", "", "played", "people"));
        List<String> header = header();
        List<String> left = row(played);
        List<String> right = row(people);
        for (int i = 0; i < header.size(); i++) {
            table.append(String.format(Locale.ROOT, "%-14s %10s %10s%n", header.get(i), left.get(i), right.get(i)));
        }
        return table.toString();
    }
}
