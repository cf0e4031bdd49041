package dev.cadenza.exporter.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.evaluation.Excerpt;
import dev.cadenza.trainer.evaluation.FigureSpread;
import dev.cadenza.trainer.evaluation.MusicFigures;
import dev.cadenza.trainer.evaluation.SharedRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Figures of continuations compared with those of people: whole, their first and their last hundred notes, and the longest run
 * that each shares with the training pieces; and the measures of {@link PlayingComparison}.
 */
public final class ContinuationReport {
    private static final int PART = 100;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, UnaryOperator<Excerpt>> PARTS = parts();

    private final Continuations continuations;
    private final PlayingComparison comparison;
    private final Map<String, FigureSpread> spreads = new LinkedHashMap<>();
    private final Map<String, Double> inside = new LinkedHashMap<>();
    private final int[] playedRuns;
    private final int[] humanRuns;

    private static Map<String, UnaryOperator<Excerpt>> parts() {
        Map<String, UnaryOperator<Excerpt>> parts = new LinkedHashMap<>();
        parts.put("all", excerpt -> excerpt);
        parts.put("first_100", excerpt -> excerpt.part(0, PART));
        parts.put("last_100", excerpt -> excerpt.part(excerpt.notes() - PART, excerpt.notes()));
        return parts;
    }

    /**
     * Compares.
     *
     * @param continuations {@link Continuations#NOTES} notes each
     * @param training the pieces that the model learned from, on the model's grid
     */
    ContinuationReport(Continuations continuations, List<Excerpt> training, PlayingComparison comparison) {
        this.continuations = continuations;
        this.comparison = comparison;
        SharedRuns runs = new SharedRuns();
        continuations.played().forEach(runs::add);
        continuations.human().forEach(runs::add);
        training.forEach(runs::read);
        int[] longest = runs.longest();
        int count = continuations.played().size();
        playedRuns = Arrays.copyOf(longest, count);
        humanRuns = Arrays.copyOfRange(longest, count, 2 * count);
        PARTS.forEach((part, cut) -> {
            spreads.put("played " + part, spread(continuations.played(), cut));
            spreads.put("human " + part, spread(continuations.human(), cut));
        });
        FigureSpread human = spreads.get("human last_100");
        FigureSpread played = spreads.get("played last_100");
        if (human != null && played != null) {
            for (String figure : human.names()) {
                inside.put(figure, share(figure, human));
            }
        }
    }

    private static FigureSpread spread(List<Excerpt> excerpts, UnaryOperator<Excerpt> cut) {
        return FigureSpread.of(excerpts.stream().map(cut).map(MusicFigures::of).toList());
    }

    /** How many of the played last hundreds lie between people's 5th and 95th percentiles. */
    private double share(String figure, FigureSpread human) {
        double low = human.quantile(figure, 0.05);
        double high = human.quantile(figure, 0.95);
        long between = continuations.played().stream()
                .map(excerpt -> FigureSpread.of(
                        List.of(MusicFigures.of(excerpt.part(excerpt.notes() - PART, excerpt.notes())))))
                .filter(one -> one.quantile(figure, 0) >= low && one.quantile(figure, 0) <= high)
                .count();
        return (double) between / continuations.played().size();
    }

    /** Figures by part and player, the share of played last hundreds within people's 5th to 95th percentiles, runs. */
    ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("continuations", continuations.played().size());
        node.put("opening_notes", Continuations.OPENING).put("notes", Continuations.NOTES);
        node.put("played_notes_per_s", playedNotes() / continuations.seconds());
        spreads.forEach((name, spread) -> {
            String[] playerAndPart = name.split(" ", 2);
            ObjectNode player =
                    node.path(playerAndPart[0]) instanceof ObjectNode there ? there : node.putObject(playerAndPart[0]);
            player.set(playerAndPart[1], spread.toJson());
        });
        ObjectNode shares = node.putObject("share_of_last_100_within_human_p05_p95");
        inside.forEach(shares::put);
        node.set("longest_shared_run_notes", runs());
        comparison.put(node);
        return node;
    }

    /** By figure: medians of the whole and of the last hundred notes, people's 5th to 95th percentile, share within. */
    ObjectNode summary() {
        ObjectNode node = JSON.createObjectNode();
        node.put("continuations", continuations.played().size());
        node.put("opening_notes", Continuations.OPENING).put("notes", Continuations.NOTES);
        ObjectNode figures = node.putObject("figures");
        FigureSpread all = spreads.get("played all");
        FigureSpread last = spreads.get("played last_100");
        FigureSpread human = spreads.get("human last_100");
        if (all != null && last != null && human != null) {
            for (String figure : all.names()) {
                figures.putObject(figure)
                        .put("median", rounded(all.quantile(figure, 0.5)))
                        .put("greatest", rounded(all.quantile(figure, 1)))
                        .put("median_last_100", rounded(last.quantile(figure, 0.5)))
                        .put("people_median_last_100", rounded(human.quantile(figure, 0.5)))
                        .put("people_p05", rounded(human.quantile(figure, 0.05)))
                        .put("people_p95", rounded(human.quantile(figure, 0.95)))
                        .put("share_within", rounded(inside.getOrDefault(figure, 0.0)));
            }
        }
        node.set("longest_shared_run_notes", runs());
        comparison.put(node);
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private ObjectNode runs() {
        ObjectNode node = JSON.createObjectNode();
        node.set("played", summary(playedRuns));
        node.set("human", summary(humanRuns));
        return node;
    }

    private static ObjectNode summary(int[] runs) {
        int[] sorted = Arrays.stream(runs).sorted().toArray();
        return JSON.createObjectNode()
                .put("median", sorted[sorted.length / 2])
                .put("greatest", sorted[sorted.length - 1]);
    }

    private long playedNotes() {
        return continuations.played().stream().mapToLong(Excerpt::notes).sum();
    }

    /** A table for people. */
    String toText() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "the first %2$d notes of %1$d continuations after openings of %3$d: median (p05..p95) of the model and of people",
                continuations.played().size(),
                Continuations.NOTES,
                Continuations.OPENING));
        lines.add(String.format(
                Locale.ROOT,
                "%-26s %-26s %-26s %-26s %s",
                "",
                "model, all",
                "model, last 100",
                "people, last 100",
                "inside"));
        FigureSpread all = spreads.get("played all");
        if (all != null) {
            for (String figure : all.names()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-26s %-26s %-26s %-26s %3.0f %%",
                        figure,
                        cell("played all", figure),
                        cell("played last_100", figure),
                        cell("human last_100", figure),
                        100 * inside.getOrDefault(figure, 0.0)));
            }
        }
        lines.add("longest run shared with the training pieces, notes: model " + summary(playedRuns) + ", people "
                + summary(humanRuns));
        lines.add("");
        lines.add(comparison.toText());
        return String.join(System.lineSeparator(), lines);
    }

    private String cell(String spread, String figure) {
        FigureSpread of = spreads.get(spread);
        return of == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.2f (%.2f..%.2f)",
                        of.quantile(figure, 0.5),
                        of.quantile(figure, 0.05),
                        of.quantile(figure, 0.95));
    }
}
