package dev.cadenza.trainer.performer;

import java.util.Arrays;

/**
 * The likelihood of one note under its heads' logits, and its gradient. Formulas as in {@link PerformerHeads}; a time in
 * a class of w ticks has its class' probability divided by w.
 */
final class NoteLoss {
    private static final int INTERVAL = 0;
    private static final int PITCH = 1;
    private static final int VELOCITY = 2;
    private static final int DURATION = 3;
    private static final int[] CHOICES = {
        PerformerColumns.INTERVALS,
        PerformerColumns.KEYS,
        PerformerColumns.VELOCITIES,
        PerformerColumns.DURATION_CHOICES
    };

    /** Of the last note by attribute: -ln p, in nats. */
    final double[] nats = new double[PerformerColumns.ATTRIBUTES];

    private final double[] exponentials = new double[PerformerColumns.DURATION_CHOICES];

    /** Forbids what cannot be: overwrites such logits [{@link PerformerColumns#LOGITS}] from {@code at} on. */
    static void mask(float[] logits, int at, float[] labels, int label) {
        if (labels[label + PerformerColumns.SAME_ONSET] == 0) {
            logits[at] = PerformerColumns.MASKED;
        }
        int pitch = at + PerformerColumns.FIRST_LOGIT[PITCH];
        int lowest = (int) labels[label + PerformerColumns.LOWEST_KEY];
        // The first block of the keys' features is above zero where a key still sounds.
        int sounding = label + PerformerColumns.KEYS_AHEAD;
        for (int key = 0; key < PerformerColumns.KEYS; key++) {
            if (key < lowest || labels[sounding + key] > 0) {
                logits[pitch + key] = PerformerColumns.MASKED;
            }
        }
        int duration = at + PerformerColumns.FIRST_LOGIT[DURATION];
        logits[duration] = PerformerColumns.MASKED;
        for (int copy = 0; copy < PerformerColumns.COPIES; copy++) {
            if (labels[label + PerformerColumns.COPY_TICKS + copy] == 0) {
                logits[duration + PerformerColumns.DURATIONS + copy] = PerformerColumns.MASKED;
            }
        }
    }

    /**
     * Measures a note into {@link #nats}.
     *
     * @param logits masked, from {@code at} on; become dL/dlogit when {@code gradient}
     * @param labels of the note, from {@code label} on
     */
    void measure(float[] logits, int at, float[] labels, int label, boolean gradient) {
        for (int attribute = INTERVAL; attribute <= VELOCITY; attribute++) {
            int first = at + PerformerColumns.FIRST_LOGIT[attribute];
            int truth = (int) labels[label + attribute];
            nats[attribute] = -logits[first + truth];
            nats[attribute] += softmax(logits, first, CHOICES[attribute], gradient);
            if (gradient) {
                logits[first + truth] -= 1f;
            }
        }
        nats[INTERVAL] += labels[label + PerformerColumns.INTERVAL_LOG_WIDTH];
        nats[DURATION] = duration(logits, at + PerformerColumns.FIRST_LOGIT[DURATION], labels, label, gradient);
    }

    private double duration(float[] logits, int first, float[] labels, int label, boolean gradient) {
        int choices = PerformerColumns.COPIES + 1;
        int[] ways = new int[choices];
        double[] weights = new double[choices];
        int count = 0;
        ways[count] = first + (int) labels[label + DURATION];
        weights[count++] = logits[ways[0]] - labels[label + PerformerColumns.DURATION_LOG_WIDTH];
        float ticks = labels[label + PerformerColumns.DURATION_TICKS];
        for (int copy = 0; copy < PerformerColumns.COPIES; copy++) {
            if (labels[label + PerformerColumns.COPY_TICKS + copy] == ticks) {
                ways[count] = first + PerformerColumns.DURATIONS + copy;
                weights[count] = logits[ways[count]];
                count++;
            }
        }
        double highest = Arrays.stream(weights, 0, count).max().orElseThrow();
        double sum = 0;
        for (int way = 0; way < count; way++) {
            weights[way] = Math.exp(weights[way] - highest);
            sum += weights[way];
        }
        double nats = softmax(logits, first, CHOICES[DURATION], gradient) - highest - Math.log(sum);
        if (gradient) {
            for (int way = 0; way < count; way++) {
                logits[ways[way]] -= (float) (weights[way] / sum);
            }
        }
        return nats;
    }

    /** ln sum exp; the logits become probabilities when {@code overwrite}. */
    private double softmax(float[] logits, int first, int count, boolean overwrite) {
        float highest = logits[first];
        for (int i = 1; i < count; i++) {
            highest = Math.max(highest, logits[first + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            exponentials[i] = Math.exp(logits[first + i] - highest);
            sum += exponentials[i];
        }
        if (overwrite) {
            for (int i = 0; i < count; i++) {
                logits[first + i] = (float) (exponentials[i] / sum);
            }
        }
        return highest + Math.log(sum);
    }
}
