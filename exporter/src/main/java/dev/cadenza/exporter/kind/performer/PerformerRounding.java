package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.kind.RoundingLoss;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.TensorValues;

/** What rounded weights cost a performer, on given pieces, each played alone step by step as a server does. */
final class PerformerRounding {
    private PerformerRounding() {}

    /** Measures the graph of the weights as trained, and that of the rounded ones. */
    static RoundingLoss measure(
            GraphSession exact, GraphSession rounded, GraphSignature signature, PerformerPieces pieces) {
        return new RoundingLoss(
                nats(exact, signature, pieces),
                nats(rounded, signature, pieces),
                (long) pieces.rows() * pieces.steps());
    }

    private static double nats(GraphSession graph, GraphSignature signature, PerformerPieces pieces) {
        double sum = 0;
        for (int row = 0; row < pieces.rows(); row++) {
            float[] h = new float[signature.hidden()];
            float[] c = new float[signature.hidden()];
            for (int step = 0; step < pieces.steps(); step++) {
                TensorValues out = graph.run(
                        signature, 1, 1, pieces.step(signature, step, row, 1, PerformerPieces.noControls(1), h, c));
                for (float logp : out.floats("logp")) {
                    sum -= logp;
                }
                h = out.floats("h_next");
                c = out.floats("c_next");
            }
        }
        return sum / (pieces.rows() * pieces.steps());
    }
}
