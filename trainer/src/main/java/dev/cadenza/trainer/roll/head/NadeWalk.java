package dev.cadenza.trainer.roll.head;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link NadeHead} one key after the other. */
public final class NadeWalk extends KeyWalk {
    private final double[][] fromTime;
    private final double[][] fromBelow;
    private final double[] bias;
    private final double[][] out;
    private final double[][] timeOut;
    private final double[][] belowOut;
    private final double outBias;

    /** @param parameters of the trained head */
    public NadeWalk(Map<String, INDArray> parameters) {
        fromTime = matrix(parameters, "W");
        fromBelow = matrix(parameters, "V");
        bias = matrix(parameters, "b")[0];
        out = matrix(parameters, "u");
        timeOut = matrix(parameters, "uh");
        belowOut = matrix(parameters, "ux");
        outBias = matrix(parameters, "c")[0][0];
    }

    @Override
    public boolean[] step(float[][] h, Choice choice) {
        boolean[] on = new boolean[PianoRoll.KEYS];
        for (int key = 0; key < PianoRoll.KEYS; key++) {
            double[] units = bias.clone();
            double logit = outBias;
            for (int i = 0; i < fromTime.length; i++) {
                add(units, h[key][i], fromTime[i]);
                logit += h[key][i] * timeOut[i][0];
            }
            for (int below = 1; below <= NadeHead.REACH && below <= key; below++) {
                if (on[key - below]) {
                    add(units, 1, fromBelow[below - 1]);
                    logit += belowOut[below - 1][0];
                }
            }
            for (int unit = 0; unit < units.length; unit++) {
                logit += logistic(units[unit]) * out[unit][0];
            }
            on[key] = choice.sounds(key, logit);
        }
        return on;
    }
}
