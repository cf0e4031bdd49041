package dev.cadenza.trainer.roll.head;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link NoteAxisHead} one key after the other. */
public final class NoteAxisWalk extends KeyWalk {
    private final Cell first;
    private final Cell second;
    private final double[][] out;
    private final double outBias;

    /** @param parameters of the trained head */
    public NoteAxisWalk(Map<String, INDArray> parameters) {
        first = new Cell(parameters, 1);
        second = new Cell(parameters, 2);
        out = matrix(parameters, "w");
        outBias = matrix(parameters, "c")[0][0];
    }

    @Override
    public boolean[] step(float[][] h, Choice choice) {
        boolean[] on = new boolean[PianoRoll.KEYS];
        first.start();
        second.start();
        for (int key = 0; key < PianoRoll.KEYS; key++) {
            double[] input = new double[h[key].length + 1];
            for (int i = 0; i < h[key].length; i++) {
                input[i] = h[key][i];
            }
            input[h[key].length] = key > 0 && on[key - 1] ? 1 : 0;
            double[] top = second.step(first.step(input));
            double logit = outBias;
            for (int unit = 0; unit < top.length; unit++) {
                logit += top[unit] * out[unit][0];
            }
            on[key] = choice.sounds(key, logit);
        }
        return on;
    }

    /** One LSTM: the equations of {@link dev.cadenza.trainer.lstm}. */
    private static final class Cell {
        private final double[][] input;
        private final double[][] recurrent;
        private final double[] bias;
        private final int units;
        private double[] output;
        private double[] cells;

        Cell(Map<String, INDArray> parameters, int layer) {
            input = matrix(parameters, "W" + layer);
            recurrent = matrix(parameters, "R" + layer);
            bias = matrix(parameters, "b" + layer)[0];
            units = recurrent.length;
            output = new double[units];
            cells = new double[units];
        }

        void start() {
            output = new double[units];
            cells = new double[units];
        }

        double[] step(double[] x) {
            double[] z = bias.clone();
            for (int i = 0; i < x.length; i++) {
                add(z, x[i], input[i]);
            }
            for (int i = 0; i < units; i++) {
                add(z, output[i], recurrent[i]);
            }
            double[] next = new double[units];
            for (int unit = 0; unit < units; unit++) {
                double candidate = Math.tanh(z[unit]);
                double forget = logistic(z[units + unit]);
                double out = logistic(z[2 * units + unit]);
                double in = logistic(z[3 * units + unit]);
                cells[unit] = forget * cells[unit] + in * candidate;
                next[unit] = out * Math.tanh(cells[unit]);
            }
            output = next;
            return next;
        }
    }
}
