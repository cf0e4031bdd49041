package dev.cadenza.exporter;

import dev.cadenza.model.ModelKind;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.TensorValues;

/**
 * What rounded weights cost, on the checkpoint's own pieces, each played alone step by step as a server does.
 *
 * @param exactNats a note with the weights as trained
 * @param nats a note with the rounded ones
 * @param notes how many
 */
public record RoundingLoss(double exactNats, double nats, long notes) {
    /** More than this share of the likelihood must not be lost. */
    static final double MOST = 0.01;

    /** Measures two graphs of a kind that performs. */
    static RoundingLoss measure(
            GraphSession exact, GraphSession rounded, ModelKind kind, int hidden, PerformerPieces pieces) {
        return new RoundingLoss(
                nats(exact, kind, hidden, pieces),
                nats(rounded, kind, hidden, pieces),
                (long) pieces.rows() * pieces.steps());
    }

    private static double nats(GraphSession graph, ModelKind kind, int hidden, PerformerPieces pieces) {
        double sum = 0;
        for (int row = 0; row < pieces.rows(); row++) {
            float[] h = new float[hidden];
            float[] c = new float[hidden];
            for (int step = 0; step < pieces.steps(); step++) {
                TensorValues out = graph.run(
                        kind, hidden, 1, 1, pieces.step(kind, step, row, 1, PerformerPieces.noControls(1), h, c));
                for (float logp : out.floats("logp")) {
                    sum -= logp;
                }
                h = out.floats("h_next");
                c = out.floats("c_next");
            }
        }
        return sum / (pieces.rows() * pieces.steps());
    }

    /** The share of the likelihood that is lost; below 0 if there is a gain. */
    double share() {
        return nats / exactNats - 1;
    }

    /** @throws ExportRefusedException if more than 1 % is lost */
    void require() throws ExportRefusedException {
        if (!(share() <= MOST)) {
            throw new ExportRefusedException(
                    "rounded weights lose %.2f %% of the likelihood (%.4f instead of %.4f nats a note), at most 1 %% may go"
                            .formatted(100 * share(), nats, exactNats));
        }
    }
}
