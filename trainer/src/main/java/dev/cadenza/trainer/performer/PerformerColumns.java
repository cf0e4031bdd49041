package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;

/**
 * Where things lie in a step's row: what the network gets of the note before, and what its heads get of the note to be
 * predicted, which is true in training.
 *
 * <p>Arrays are [rows, columns, steps] to DL4J, and in memory [steps][rows][columns].
 */
public final class PerformerColumns {
    /** Classes of an interval; of a duration; of a velocity; keys. */
    static final int INTERVALS = PerformerEncoding.STANDARD.intervals().count();

    static final int DURATIONS = PerformerEncoding.STANDARD.durations().count();
    static final int VELOCITIES = PerformerEncoding.STANDARD.velocityClasses();
    static final int KEYS = PerformerEncoding.KEYS;
    static final int COPIES = PerformerFeatures.COPIES;

    /** Choices of a duration: a class, or another note's end. */
    static final int DURATION_CHOICES = DURATIONS + COPIES;

    /** Attributes of a note. */
    static final int ATTRIBUTES = 4;

    /** Logits of each attribute begin here. */
    static final int[] FIRST_LOGIT = {0, INTERVALS, INTERVALS + KEYS, INTERVALS + KEYS + VELOCITIES};

    /** Logits in all. */
    public static final int LOGITS = INTERVALS + KEYS + VELOCITIES + DURATION_CHOICES;

    /** A forbidden choice's logit. */
    static final float MASKED = -1e9f;

    // Features: classes of the note before, its numbers, the keys, the controls, what is recalled.
    static final int CLASSES = 0;
    static final int SCALARS = CLASSES + ATTRIBUTES;
    static final int KEY_FEATURES = SCALARS + PerformerFeatures.SCALARS;
    static final int CONTROLS = KEY_FEATURES + PerformerFeatures.KEYS_WIDTH;

    static final int RECALL_SCALARS = CONTROLS + PerformerControls.WIDTH;

    /** Columns of the features. */
    public static final int FEATURES = RECALL_SCALARS + RecallFeatures.SCALARS;

    // Labels: the true classes, what their places in a class cost, the duration in ticks, what may be chosen, and what
    // the heads see once earlier attributes are known.
    static final int TRUE_CLASSES = 0;
    static final int INTERVAL_LOG_WIDTH = TRUE_CLASSES + ATTRIBUTES;
    static final int DURATION_LOG_WIDTH = INTERVAL_LOG_WIDTH + 1;
    static final int DURATION_TICKS = DURATION_LOG_WIDTH + 1;
    static final int COPY_TICKS = DURATION_TICKS + 1;
    /** 1 when another note may begin at the onset of the note before. */
    static final int SAME_ONSET = COPY_TICKS + COPIES;
    /** The lowest key that may be struck. */
    static final int LOWEST_KEY = SAME_ONSET + 1;

    static final int COPY_FEATURES = LOWEST_KEY + 1;
    /** Ends of sounding notes from the onset before. */
    static final int ENDS_BEFORE = COPY_FEATURES + PerformerFeatures.COPIES_WIDTH;
    /** Ends of sounding notes from the new onset. */
    static final int ENDS_AHEAD = ENDS_BEFORE + DURATIONS;

    static final int KEYS_AHEAD = ENDS_AHEAD + DURATIONS;

    // What each head sees of what is recalled; the last two by the key that is struck.
    static final int RECALL_INTERVAL = KEYS_AHEAD + PerformerFeatures.KEYS_WIDTH;
    static final int RECALL_KEYS = RECALL_INTERVAL + INTERVALS;
    static final int RECALL_VELOCITY = RECALL_KEYS + RecallFeatures.KEYS_WIDTH;
    static final int RECALL_DURATION = RECALL_VELOCITY + VELOCITIES;

    /** Columns of the labels. */
    public static final int LABELS = RECALL_DURATION + DURATIONS;

    private PerformerColumns() {}
}
