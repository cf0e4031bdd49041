package dev.cadenza.exporter.kind.performer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.exporter.graph.WeightFormat;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * Prints what a step of a performer costs on one thread, in microseconds of processor time, the best of many short
 * rounds: of a file, or of random weights in each format. Run its {@code main}; no test does.
 */
final class StepTiming {
    private static final int HIDDEN = 512;
    private static final int ROUNDS = 400;

    private StepTiming() {}

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            time(file, Files.readAllBytes(Path.of(file)));
        }
        for (WeightFormat format : files.length == 0 ? WeightFormat.values() : new WeightFormat[0]) {
            PerformerWeights weights = RandomPerformers.weights(HIDDEN, 256, 1);
            time(
                    format.id(),
                    PerformerGraph.write(
                            weights,
                            PerformerExport.signature(weights),
                            format,
                            dev.cadenza.notematrix.PerformerEncoding.STANDARD,
                            "timing",
                            Map.of()));
        }
    }

    private static void time(String name, byte[] model) throws OrtException {
        System.out.println(name + ", " + model.length + " bytes");
        try (PerformerRunner graph = new PerformerRunner(model)) {
            for (int rows : new int[] {1, 2, 4, 8, 16, 32, 64}) {
                PerformerCall call = RandomPerformers.middle(new Random(3), rows, HIDDEN);
                float[] all = PerformerCall.filled(rows, 1f);
                double free = best(graph, call.with(all, all, new float[rows], call.bias()), rows);
                double cut = best(
                        graph, call.with(all, PerformerCall.filled(rows, 0.9f), new float[rows], call.bias()), rows);
                System.out.printf(
                        "  %2d rows: %5.0f us per step, %5.1f per row; with top-p %5.0f us%n",
                        rows, free, free / rows, cut);
            }
            double given = best(graph, RandomPerformers.piece(new Random(3), 64, 1, HIDDEN), 64);
            System.out.printf("  64 given steps of a row: %5.0f us%n", given);
        }
    }

    private static double best(PerformerRunner graph, PerformerCall call, int cells) throws OrtException {
        Map<String, OnnxTensor> inputs = graph.inputs(call);
        int runs = Math.max(1, 16 / cells);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int run = 0; run < runs; run++) {
                graph.session().run(inputs).close();
            }
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        }
        inputs.values().forEach(OnnxTensor::close);
        return best / 1e3 / runs;
    }
}
