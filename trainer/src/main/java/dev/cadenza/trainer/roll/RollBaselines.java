package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.List;

/**
 * Log-likelihoods that need no network, in nats per step: mean over all steps of all rolls of the sum over the 88 keys
 * of ln Bernoulli.
 */
public final class RollBaselines {
    private static final int KEYS = PianoRoll.KEYS;

    private RollBaselines() {}

    /** Every key a fair coin: 88 ln 0.5, about -61.00, on any rolls. */
    public static double random() {
        return KEYS * Math.log(0.5);
    }

    /**
     * Each key sounds with the share of training steps in which it did: p = (n + 1) / (N + 2), Laplace's rule, so that
     * a key that never sounded in training costs something and not everything.
     */
    public static double bernoulli(List<PianoRoll> training, List<PianoRoll> rolls) {
        long[] on = new long[KEYS];
        long steps = 0;
        for (PianoRoll roll : training) {
            for (int step = 0; step < roll.steps(); step++) {
                for (int key = 0; key < KEYS; key++) {
                    on[key] += roll.on(step, key) ? 1 : 0;
                }
            }
            steps += roll.steps();
        }
        double nats = 0;
        long measured = 0;
        for (PianoRoll roll : rolls) {
            for (int step = 0; step < roll.steps(); step++) {
                for (int key = 0; key < KEYS; key++) {
                    nats += lnBernoulli(roll.on(step, key), on[key], steps);
                }
            }
            measured += roll.steps();
        }
        return nats / measured;
    }

    /**
     * Each key depends on itself one step before, p(on | before) by Laplace's rule; before the first step all keys are
     * silent.
     */
    public static double markov(List<PianoRoll> training, List<PianoRoll> rolls) {
        long[][] on = new long[2][KEYS];
        long[][] seen = new long[2][KEYS];
        for (PianoRoll roll : training) {
            for (int step = 0; step < roll.steps(); step++) {
                for (int key = 0; key < KEYS; key++) {
                    int before = roll.on(step - 1, key) ? 1 : 0;
                    seen[before][key]++;
                    on[before][key] += roll.on(step, key) ? 1 : 0;
                }
            }
        }
        double nats = 0;
        long measured = 0;
        for (PianoRoll roll : rolls) {
            for (int step = 0; step < roll.steps(); step++) {
                for (int key = 0; key < KEYS; key++) {
                    int before = roll.on(step - 1, key) ? 1 : 0;
                    nats += lnBernoulli(roll.on(step, key), on[before][key], seen[before][key]);
                }
            }
            measured += roll.steps();
        }
        return nats / measured;
    }

    private static double lnBernoulli(boolean value, long on, long of) {
        return Math.log((value ? on + 1.0 : of - on + 1.0) / (of + 2.0));
    }
}
