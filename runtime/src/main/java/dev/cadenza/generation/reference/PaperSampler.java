package dev.cadenza.generation.reference;

import dev.cadenza.generation.step.StepModel;
import dev.cadenza.notematrix.PaperEncoding;

/**
 * How a model of kind {@code paper} goes from its mean to a note, in plain Java: the reference that the graph is held
 * equal to, in the same float arithmetic.
 *
 * <pre>
 * chosen = clip(round(clip(mean + temperature (deviation noise), 0, 1) scale), lowest, highest)
 * logp   = -1/2 ((scaled note - mean) / deviation)^2 - ln(deviation sqrt(2 pi)) + ln(1 / scale)
 * </pre>
 */
public final class PaperSampler {
    private static final int[] LOWEST = {0, 21, 1};
    private static final int HIGHEST_KEY = 108;
    private static final int HIGHEST_VELOCITY = 127;

    private final PaperEncoding encoding;
    private final float[] deviations;
    private final float[] scales;
    private final int[] highest;

    public PaperSampler(PaperEncoding encoding) {
        this.encoding = encoding;
        this.deviations = encoding.deviations();
        this.scales =
                new float[] {encoding.intervalClipTicks(), PaperEncoding.PITCH_SCALE, PaperEncoding.VELOCITY_SCALE};
        this.highest = new int[] {encoding.intervalClipTicks(), HIGHEST_KEY, HIGHEST_VELOCITY};
    }

    /**
     * Chooses one note.
     *
     * @param mean {@code [3]}, scaled
     * @param noise {@code [3]}, standard normal
     * @param forced {@code [4]}, -1 to choose
     * @return {@code [4]}: interval ticks, pitch, velocity, duration ticks
     */
    public int[] choose(float[] mean, float[] noise, float temperature, int[] forced) {
        int[] next = new int[StepModel.ATTRIBUTES];
        for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
            float sampled = mean[column] + temperature * (deviations[column] * noise[column]);
            float unit = Math.min(Math.max(sampled, 0), 1);
            int chosen = (int) Math.rint(unit * scales[column]);
            int bounded = Math.min(Math.max(chosen, LOWEST[column]), highest[column]);
            next[column] = forced[column] >= 0 ? forced[column] : bounded;
        }
        next[3] = forced[3] >= 0 ? forced[3] : encoding.medianDuration(next[0]);
        return next;
    }

    /**
     * Nats of each column of a note.
     *
     * @param mean {@code [3]}, scaled
     * @param note {@code [4]}
     * @return {@code [3]}
     */
    public double[] logp(float[] mean, int[] note) {
        double[] logp = new double[PaperEncoding.COLUMNS];
        for (int column = 0; column < logp.length; column++) {
            double scaled = Math.min(Math.max(note[column], 0), scales[column]) / scales[column];
            double relative = (scaled - mean[column]) / deviations[column];
            logp[column] = -0.5 * relative * relative
                    - Math.log(deviations[column] * Math.sqrt(2 * Math.PI))
                    - Math.log(scales[column]);
        }
        return logp;
    }
}
