package dev.cadenza.exporter.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.evaluation.Excerpt;
import dev.cadenza.trainer.evaluation.MusicFigures;
import dev.cadenza.trainer.evaluation.PlayingMeasure;
import dev.cadenza.trainer.evaluation.SetComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures of a set of played pieces compared with people's, a row each, and the limits that some must keep. */
final class PlayingTable {
    /** People's own share is 2 to 8 %: wide chords that are rolled within 30 ms, and slips. */
    private static final double MOST_UNPLAYABLE = 0.02;

    private static final int FEWEST_FOR_HALVES = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A limit, both ends included.
     *
     * @param must whether a version that breaks it plays wrongly; else it is a wish
     */
    private record Limit(double least, double greatest, boolean must) {
        static Limit mustBeAtMost(double greatest) {
            return new Limit(Double.NEGATIVE_INFINITY, greatest, true);
        }
    }

    private record Row(
            String key,
            String title,
            @Nullable Double people,
            @Nullable Double model,
            @Nullable Limit limit) {
        /** Null without a limit or a value. */
        @Nullable
        Boolean holds() {
            if (limit == null || model == null) {
                return null;
            }
            return model >= limit.least() && model <= limit.greatest();
        }
    }

    private final String title;
    private final List<Row> rows = new ArrayList<>();

    /** @param title of the text */
    PlayingTable(String title) {
        this.title = title;
    }

    /**
     * Adds the {@link PlayingMeasure}s.
     *
     * @param played to their ends
     * @param people what they are compared with
     * @param peoplesEndings ends of people's pieces
     * @param notesPerOnset whether their wanted range is that of continuations
     */
    PlayingTable measures(
            List<Excerpt> played, List<Excerpt> people, List<Excerpt> peoplesEndings, boolean notesPerOnset) {
        Map<PlayingMeasure, Double> model = PlayingMeasure.all(played, played);
        Map<PlayingMeasure, Double> human = PlayingMeasure.all(people, peoplesEndings);
        for (PlayingMeasure measure : PlayingMeasure.values()) {
            Double theirs = human.get(measure);
            Limit limit = switch (measure) {
                case UNPLAYABLE -> Limit.mustBeAtMost(MOST_UNPLAYABLE);
                case AVALANCHES -> Limit.mustBeAtMost(0);
                case LONGEST_PULSE, LONGEST_TRILL -> theirs == null ? null : Limit.mustBeAtMost(theirs);
                case NOTES_PER_ONSET -> notesPerOnset ? new Limit(1.8, 1.95, false) : null;
                default -> null;
            };
            rows.add(new Row(measure.key(), measure.title(), theirs, model.get(measure), limit));
        }
        return this;
    }

    /**
     * Adds the mean overlap area of MGEval's nine features; people's is that of one half of them with the other.
     *
     * @param least that is wanted
     */
    PlayingTable overlap(String key, String rowTitle, List<Excerpt> played, List<Excerpt> people, double least) {
        Double ceiling = null;
        Double overlap = null;
        if (people.size() >= FEWEST_FOR_HALVES) {
            ceiling = SetComparison.of(half(people, 0), half(people, 1)).meanOverlap();
            overlap = SetComparison.of(people, played).meanOverlap();
        }
        rows.add(new Row(key, rowTitle, ceiling, overlap, new Limit(least, 1, false)));
        return this;
    }

    /** Every second, so that both halves have all composers. */
    private static List<Excerpt> half(List<Excerpt> people, int first) {
        return IntStream.range(0, people.size())
                .filter(at -> at % 2 == first)
                .mapToObj(people::get)
                .toList();
    }

    /**
     * Adds how far from a density that was asked for the pieces are.
     *
     * @param asked notes per second
     * @param mostFactor that a piece may be too dense or too thin by
     */
    PlayingTable density(String asking, List<Excerpt> played, double asked, double mostFactor) {
        double[] densities = played.stream()
                .mapToDouble(excerpt -> MusicFigures.of(excerpt).notesPerSecond())
                .sorted()
                .toArray();
        double least = densities[0];
        double greatest = densities[densities.length - 1];
        rows.add(new Row("density_least_notes_per_s", asking + ": least notes/s", null, least, null));
        rows.add(new Row("density_greatest_notes_per_s", asking + ": most notes/s", null, greatest, null));
        rows.add(new Row(
                "density_worst_factor",
                asking + ": off by a factor",
                null,
                Math.max(greatest / asked, asked / least),
                Limit.mustBeAtMost(mostFactor)));
        return this;
    }

    /** By row: people's and the model's value, what is wanted, whether it holds, whether it must; null where there is none. */
    ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        for (Row row : rows) {
            Limit limit = row.limit();
            ObjectNode to = node.putObject(row.key());
            to.put("people", rounded(row.people())).put("model", rounded(row.model()));
            to.put("wanted_at_least", limit == null || Double.isInfinite(limit.least()) ? null : limit.least());
            to.put("wanted_at_most", limit == null ? null : limit.greatest());
            to.put("holds", row.holds());
            to.put("must_hold", limit == null ? null : limit.must());
        }
        return node;
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Math.round(value * 1e4) / 1e4;
    }

    /** A table for people. */
    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-34s %9s %9s %14s%n", title, "people", "model", "wanted"));
        for (Row row : rows) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-34s %9s %9s %14s %s",
                            row.title(),
                            cell(row.people()),
                            cell(row.model()),
                            wanted(row.limit()),
                            verdict(row))
                    .stripTrailing());
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String cell(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String wanted(@Nullable Limit limit) {
        if (limit == null) {
            return "";
        }
        if (Double.isInfinite(limit.least())) {
            return String.format(Locale.ROOT, "<= %.3f", limit.greatest());
        }
        return limit.greatest() == 1
                ? String.format(Locale.ROOT, ">= %.3f", limit.least())
                : String.format(Locale.ROOT, "%.2f..%.2f", limit.least(), limit.greatest());
    }

    private static String verdict(Row row) {
        Limit limit = row.limit();
        Boolean holds = row.holds();
        if (limit == null || holds == null) {
            return "";
        }
        if (limit.must()) {
            return holds ? "PASS" : "FAIL";
        }
        return holds ? "met" : "not met";
    }
}
