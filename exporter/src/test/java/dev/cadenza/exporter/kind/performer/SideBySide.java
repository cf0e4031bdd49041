package dev.cadenza.exporter.kind.performer;

import ai.onnxruntime.OnnxTensor;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.PerformerKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Prints what a step at batch 1 and a note of one served stream cost, for several files in turns in one process, in
 * microseconds of processor time: median and best of many short rounds. A file whose name has {@code int8} in it runs row
 * by row, as it is served. Run its {@code main}; no test does.
 */
final class SideBySide {
    private static final int HIDDEN = 512;
    private static final int ROUNDS = 150;
    private static final int STEPS = 8;
    private static final int PIECES = 10;
    private static final float GUARDS_MIN_P = 0.01f;

    private SideBySide() {}

    private record Timed(String file, PerformerRunner graph, StepModel model) {}

    public static void main(String[] files) throws Exception {
        List<Timed> all = new ArrayList<>();
        for (String file : files) {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            GraphSession session = GraphSession.open(bytes);
            boolean recalls =
                    session.inputs().stream().anyMatch(spec -> spec.name().equals(PerformerKind.RECALL));
            StepModel model = PerformerKind.model(
                    session,
                    PerformerKind.signature(HIDDEN, recalls),
                    PerformerEncoding.STANDARD,
                    !file.contains("int8"));
            all.add(new Timed(file, new PerformerRunner(bytes), model));
        }
        for (float minP : new float[] {0, GUARDS_MIN_P}) {
            PerformerCall call = RandomPerformers.middle(new Random(3), 1, HIDDEN);
            PerformerCall settled = call.with(new float[] {1}, new float[] {1}, new float[] {minP}, call.bias());
            print("a step, min-p " + minP, all, ROUNDS, timed -> {
                Map<String, OnnxTensor> inputs = timed.graph.inputs(settled);
                for (int step = 0; step < STEPS; step++) {
                    timed.graph.session().run(inputs).close();
                }
                return STEPS;
            });
        }
        print("a note of one stream", all, PIECES, timed -> {
            GenerationOptions options = GenerationOptions.ofSeed(7);
            Generator.generate(Player.onCallersThread(timed.model), null, options, NoteListener.SILENT, Deadline.NONE);
            return GenerationOptions.DEFAULT_NOTES;
        });
    }

    private interface Work {
        /** Returns how many units it did. */
        int run(Timed timed) throws Exception;
    }

    private static void print(String what, List<Timed> all, int rounds, Work work) throws Exception {
        double[][] micros = new double[all.size()][rounds];
        for (int round = -rounds / 4; round < rounds; round++) {
            for (int i = 0; i < all.size(); i++) {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                int units = work.run(all.get(i));
                double each = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3 / units;
                if (round >= 0) {
                    micros[i][round] = each;
                }
            }
        }
        System.out.println(what);
        for (int i = 0; i < all.size(); i++) {
            Arrays.sort(micros[i]);
            System.out.printf("  %6.1f us, at best %6.1f: %s%n", micros[i][rounds / 2], micros[i][0], all.get(i).file);
        }
    }
}
