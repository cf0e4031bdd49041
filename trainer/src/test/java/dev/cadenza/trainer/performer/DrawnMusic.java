package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.network.StepRows;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Notes at random, dense enough that keys sound on, chords end together, keys are struck again and a theme comes back. */
final class DrawnMusic {
    private static final int THEME = 5;

    private DrawnMusic() {}

    static PerformedPiece piece(int notes, RandomGenerator random) {
        int[] rows = new int[notes * 4];
        for (int at = 0; at < rows.length; at += 4) {
            rows[at] = random.nextInt(3) == 0 ? 0 : random.nextInt(30) == 0 ? random.nextInt(700) : random.nextInt(20);
            boolean again = at >= 4 * THEME && random.nextInt(6) > 0;
            rows[at + 1] = again ? rows[at + 1 - 4 * THEME] : 40 + random.nextInt(30);
            rows[at + 2] = 1 + random.nextInt(127);
            rows[at + 3] = random.nextInt(3) == 0 ? 20 : 1 + random.nextInt(300);
        }
        return PerformedPiece.of(rows, PerformerEncoding.STANDARD);
    }

    /** Rows of a batch as arrays. */
    record Batch(float[] features, float[] labels, int rows, int steps) {
        static Batch of(int rows, int steps, RandomGenerator random) {
            float[] features = new float[rows * steps * PerformerColumns.FEATURES];
            float[] labels = new float[rows * steps * PerformerColumns.LABELS];
            for (int row = 0; row < rows; row++) {
                Lane lane = new Lane(false);
                lane.start(piece(5 * steps, random));
                lane.write(2 * steps, steps, row == 0 ? 0 : random.nextLong(), features, labels, row, rows);
            }
            return new Batch(features, labels, rows, steps);
        }

        INDArray featureArray() {
            return StepRows.array(features, rows, PerformerColumns.FEATURES, steps);
        }

        INDArray labelArray() {
            return StepRows.array(labels, rows, PerformerColumns.LABELS, steps);
        }
    }

    /** A small network with something in every parameter. */
    static MultiLayerNetwork network(int hidden, long seed) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(new PerformerPreset(hidden, 8, 4, 2e-3, 2, 100, 1, false, seed).network());
        network.init();
        for (String key : new String[] {
            "Di", "Dp", "Dd", "Gd", "Ni", "Np", "Nv", "Nd", "Mi", "Mp", "Mv", "Md", "bh", "ci", "cp", "cv", "cd"
        }) {
            INDArray values = network.getLayer(2).getParam(key);
            values.addi(org.nd4j.linalg.factory.Nd4j.randn(values.shape()).muli(0.2));
        }
        return network;
    }

    /** A network as they were before there was recall. */
    static MultiLayerNetwork forgetful(int hidden, long seed) {
        MultiLayerNetwork network =
                new MultiLayerNetwork(new PerformerPreset(hidden, 8, 4, 2e-3, 2, 100, 1, false, seed).network(false));
        network.init();
        return network;
    }
}
