package dev.cadenza.exporter.kind.performer;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.exporter.kind.Comparison;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.TensorValues;
import dev.cadenza.trainer.performer.PerformerRun;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The proof for the kind {@code performer}: logits, likelihood, h and c of every step. */
final class PerformerParity {
    /** Controls of the network; any values will do. */
    private static final long CONTROL_SEED = 20_261_101;

    private final MultiLayerNetwork network;
    private final GraphSession graph;
    private final GraphSignature signature;
    private final int hidden;
    private final PerformerPieces pieces;
    private final Comparison comparison = new Comparison();

    private PerformerParity(
            MultiLayerNetwork network, GraphSession graph, GraphSignature signature, PerformerPieces pieces) {
        this.network = network;
        this.graph = graph;
        this.signature = signature;
        hidden = signature.hidden();
        this.pieces = pieces;
    }

    /**
     * Compares the two everywhere, with controls and without.
     *
     * @throws ExportRefusedException if they differ anywhere by more than 1e-5 + 1e-5 |b|
     */
    static Parity prove(MultiLayerNetwork network, GraphSession graph, GraphSignature signature, PerformerPieces pieces)
            throws ExportRefusedException {
        PerformerParity parity = new PerformerParity(network, graph, signature, pieces);
        parity.asOneRun("one run", 0);
        parity.asOneRun("one run with controls", CONTROL_SEED);
        parity.stepByStep();
        network.rnnClearPreviousState();
        return parity.comparison.verdict();
    }

    private void asOneRun(String what, long controlSeed) {
        PerformerRun dl4j = run();
        PerformerRun.Said said = dl4j.next(pieces.steps(), controlSeed);
        TensorValues in = pieces.whole(signature, said.controls());
        compare(what, graph.run(signature, pieces.steps(), pieces.rows(), in), said);
    }

    /** The graph gets back what it gave: the keys too. */
    private void stepByStep() {
        PerformerRun dl4j = run();
        int rows = pieces.rows();
        TensorValues before = null;
        try (ProgressBar progress = ProgressBar.of("proving", "steps", pieces.steps())) {
            for (int step = 0; step < pieces.steps(); step++) {
                PerformerRun.Said said = dl4j.next(1, step % 3 == 0 ? 0 : CONTROL_SEED + step);
                float[] h = before == null ? new float[rows * hidden] : before.floats("h_next");
                float[] c = before == null ? new float[rows * hidden] : before.floats("c_next");
                TensorValues in = pieces.step(signature, step, 0, rows, said.controls(), h, c);
                if (before != null) {
                    in.put("note", before.ints("next"))
                            .put("keys", before.ints("keys_next"))
                            .put("ends", before.ints("ends_next"));
                }
                before = graph.run(signature, 1, rows, in);
                compare("step " + step, before, said);
                progress.update(step + 1);
            }
        }
    }

    private PerformerRun run() {
        return new PerformerRun(network, pieces.notes(), pieces.rows(), pieces.steps());
    }

    private void compare(String what, TensorValues onnx, PerformerRun.Said dl4j) {
        comparison.compare("logits of " + what, onnx.floats("logits"), dl4j.logits());
        comparison.compare("logp of " + what, onnx.floats("logp"), dl4j.logp());
        comparison.compare("h after " + what, onnx.floats("h_next"), dl4j.h());
        comparison.compare("c after " + what, onnx.floats("c_next"), dl4j.c());
    }
}
