package dev.cadenza.exporter.bench;

import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What a step costs: that of the published file with ONNX Runtime, DL4J's {@code rnnTimeStep} of the network it was
 * made of, and the file run over a window of 50 notes again for every note. One thread, turn by turn.
 */
public final class StepBench {
    static final int WINDOW = 50;

    private static final int MANY = 64;
    private static final int RUNS = 20;
    /** Interval, pitch, velocity and duration of the notes that the window holds: released before struck again. */
    private static final int[] NOTE = {10, 60, 64, 5};

    private final StepModel model;
    private final KindExporter kind;
    private final MultiLayerNetwork network;
    private final Map<String, double[]> measured = new LinkedHashMap<>();

    /**
     * @param kind the network's
     * @param network what the model was exported from
     */
    public StepBench(StepModel model, KindExporter kind, MultiLayerNetwork network) {
        this.model = model;
        this.kind = kind;
        this.network = network;
    }

    /**
     * Measures.
     *
     * @param progress gets each round that is done, from 0 on; round 0 warms up
     * @return notes per second by name, and ratios of them; medians
     */
    public Map<String, Double> run(int rounds, IntConsumer progress) {
        for (int round = 0; round <= rounds; round++) {
            note("onnxruntime_step_notes_per_s_1", round, rounds, steps(1));
            note("onnxruntime_step_notes_per_s_64", round, rounds, steps(MANY));
            note("dl4j_step_notes_per_s_1", round, rounds, dl4j(1));
            note("dl4j_step_notes_per_s_64", round, rounds, dl4j(MANY));
            note("onnxruntime_window_notes_per_s_1", round, rounds, window());
            progress.accept(round);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        measured.forEach((name, values) -> figures.put(name, median(values)));
        ratio(figures, "step_64_over_1", "onnxruntime_step_notes_per_s_64", "onnxruntime_step_notes_per_s_1");
        ratio(figures, "step_over_window", "onnxruntime_step_notes_per_s_1", "onnxruntime_window_notes_per_s_1");
        ratio(figures, "step_64_over_window", "onnxruntime_step_notes_per_s_64", "onnxruntime_window_notes_per_s_1");
        ratio(figures, "step_over_dl4j", "onnxruntime_step_notes_per_s_1", "dl4j_step_notes_per_s_1");
        ratio(figures, "step_64_over_dl4j_64", "onnxruntime_step_notes_per_s_64", "dl4j_step_notes_per_s_64");
        return figures;
    }

    /** The median of the rounds' ratios. */
    private void ratio(Map<String, Double> figures, String name, String above, String below) {
        double[] over = measured.getOrDefault(above, new double[0]).clone();
        double[] under = measured.getOrDefault(below, new double[0]);
        Arrays.setAll(over, round -> over[round] / under[round]);
        figures.put(name, median(over));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private void note(String name, int round, int rounds, double notesPerSecond) {
        if (round > 0) {
            measured.computeIfAbsent(name, any -> new double[rounds])[round - 1] = notesPerSecond;
        }
    }

    private double steps(int rows) {
        List<StepInput> inputs = new ArrayList<>();
        List<StepModel.State> states = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            inputs.add(StepInput.blank(model.description().shape(), 1, 1));
            states.add(model.start(1));
        }
        int runs = rows == 1 ? 10 * RUNS : RUNS;
        try (StepBatch batch = model.batch(rows)) {
            long start = System.nanoTime();
            for (int run = 0; run < runs; run++) {
                batch.run(inputs, states);
                for (StepInput input : inputs) {
                    System.arraycopy(NOTE, 0, input.note(), 0, NOTE.length);
                }
            }
            return perSecond(rows * runs, start);
        } finally {
            states.forEach(StepModel.State::close);
        }
    }

    private double dl4j(int rows) {
        network.rnnClearPreviousState();
        Runnable step = kind.step(network, rows);
        int runs = rows == 1 ? 5 * RUNS : RUNS;
        long start = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            step.run();
        }
        double notes = perSecond(rows * runs, start);
        network.rnnClearPreviousState();
        return notes;
    }

    private double window() {
        StepInput input = StepInput.blank(model.description().shape(), WINDOW, 1);
        for (int at = 0; at < input.forced().length; at += NOTE.length) {
            System.arraycopy(NOTE, 0, input.forced(), at, NOTE.length);
            if (at > 0) {
                System.arraycopy(NOTE, 0, input.note(), at, NOTE.length);
            }
        }
        long start = System.nanoTime();
        for (int run = 0; run < RUNS; run++) {
            try (StepModel.State state = model.start(1)) {
                model.run(input, state);
            }
        }
        return perSecond(RUNS, start);
    }

    private static double perSecond(int notes, long start) {
        return notes * 1e9 / (System.nanoTime() - start);
    }

    /** What a figure is, in a few words. */
    public static String meaning(String figure) {
        return switch (figure) {
            case "onnxruntime_step_notes_per_s_1" -> "one step of the file, one row";
            case "onnxruntime_step_notes_per_s_64" -> "one step of the file, 64 rows";
            case "dl4j_step_notes_per_s_1" -> "rnnTimeStep of the network, one row, without choosing notes";
            case "dl4j_step_notes_per_s_64" -> "the same, 64 rows";
            case "onnxruntime_window_notes_per_s_1" -> "the file run over the last " + WINDOW + " notes for each note";
            case "step_64_over_1" -> "64 rows compared with one, median of the rounds' ratios";
            case "step_over_window" -> "a step compared with a window, one row";
            case "step_64_over_window" -> "64 rows per step compared with a window";
            case "step_over_dl4j" -> "ONNX Runtime compared with DL4J, one row";
            case "step_64_over_dl4j_64" -> "the same, 64 rows";
            default -> "";
        };
    }
}
