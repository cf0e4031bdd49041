package dev.cadenza.onnx;

import dev.cadenza.engine.StepEngine;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.graph.GraphCheck;
import dev.cadenza.graph.UnsafeGraphException;
import java.util.Map;

/** Holds a graph against what may be run, in every size in which it will be: chunks of one row, steps of many. */
final class SafeGraph {
    private SafeGraph() {}

    /**
     * Returns if the graph may be given to ONNX Runtime.
     *
     * @param goldenSteps steps of the golden piece
     */
    static void require(byte[] model, int goldenSteps) throws UnsafeGraphException {
        GraphCheck check = GraphCheck.of(model);
        for (int steps = 1; steps <= StepModel.MAX_STEPS; steps++) {
            run(check, steps, 1);
        }
        for (int rows = 2; rows <= StepEngine.ROWS; rows++) {
            run(check, 1, rows);
        }
        run(check, goldenSteps, 1);
    }

    private static void run(GraphCheck check, long steps, long rows) throws UnsafeGraphException {
        check.run(Map.of("seq", steps, "batch", rows));
    }
}
