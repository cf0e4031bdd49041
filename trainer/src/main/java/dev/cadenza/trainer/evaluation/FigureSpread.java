package dev.cadenza.trainer.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How figures of many excerpts lie: 5th percentile, median, 95th percentile, least and greatest of each. */
public final class FigureSpread {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ToDoubleFunction<MusicFigures>> FIGURES = figures();

    private final Map<String, double[]> sorted = new LinkedHashMap<>();

    private FigureSpread() {}

    private static Map<String, ToDoubleFunction<MusicFigures>> figures() {
        Map<String, ToDoubleFunction<MusicFigures>> figures = new LinkedHashMap<>();
        figures.put("notes_per_s", MusicFigures::notesPerSecond);
        figures.put("polyphony", MusicFigures::polyphony);
        figures.put("pitch_mean", MusicFigures::pitchMean);
        figures.put("pitch_deviation", MusicFigures::pitchDeviation);
        figures.put("pitch_class_entropy_bits", MusicFigures::pitchClassEntropy);
        figures.put("scale_consistency", MusicFigures::scaleConsistency);
        figures.put("repeated_4_grams", MusicFigures::repeatedFourGrams);
        figures.put("bar_repeats", MusicFigures::barRepeats);
        figures.put("longest_gap_s", MusicFigures::longestGapSeconds);
        figures.put("longest_silence_s", MusicFigures::longestSilenceSeconds);
        figures.put("longest_note_s", MusicFigures::longestNoteSeconds);
        figures.put("velocity_deviation", MusicFigures::velocityDeviation);
        return figures;
    }

    /**
     * The spread of some excerpts' figures.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static FigureSpread of(List<MusicFigures> excerpts) {
        if (excerpts.isEmpty()) {
            throw new IllegalArgumentException("excerpts (0) must be at least 1");
        }
        FigureSpread spread = new FigureSpread();
        FIGURES.forEach((name, figure) -> spread.sorted.put(
                name, excerpts.stream().mapToDouble(figure).sorted().toArray()));
        return spread;
    }

    /** Names of the figures, in order. */
    public List<String> names() {
        return List.copyOf(sorted.keySet());
    }

    /**
     * A quantile of a figure, between neighbours by straight lines.
     *
     * @param share 0 for the least, 1 for the greatest
     */
    public double quantile(String name, double share) {
        double[] values = sorted.get(name);
        if (values == null) {
            throw new IllegalArgumentException("figure (" + name + ") must be one of " + sorted.keySet());
        }
        double place = share * (values.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(values.length - 1, below + 1);
        return values[below] + (place - below) * (values[above] - values[below]);
    }

    /** By figure: least, p05, median, p95, greatest. */
    public ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        for (String name : sorted.keySet()) {
            ObjectNode figure = node.putObject(name);
            figure.put("least", quantile(name, 0));
            figure.put("p05", quantile(name, 0.05));
            figure.put("median", quantile(name, 0.5));
            figure.put("p95", quantile(name, 0.95));
            figure.put("greatest", quantile(name, 1));
        }
        return node;
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted.keySet().toArray());
    }
}
