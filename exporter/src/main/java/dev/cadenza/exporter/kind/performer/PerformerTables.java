package dev.cadenza.exporter.kind.performer;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.RecallFeatures;
import dev.cadenza.notematrix.TickClasses;
import java.util.Arrays;

/**
 * What the encoding says, as tables to look up in. A table by ticks has one row more than there are ticks, which an
 * index of -1 finds: no time at all.
 */
final class PerformerTables {
    static final int KEYS = PerformerEncoding.KEYS;
    static final int LOWEST_PITCH = PerformerEncoding.LOWEST_PITCH;
    static final int HIGHEST_PITCH = LOWEST_PITCH + KEYS - 1;
    static final int HIGHEST_VELOCITY = 127;
    static final int ATTRIBUTES = 4;

    private final PerformerEncoding encoding;
    private final PerformerFeatures features;
    private final int[] highest;

    PerformerTables(PerformerFeatures features) {
        this.features = features;
        encoding = features.encoding();
        highest = new int[] {
            encoding.intervals().longest(),
            HIGHEST_PITCH,
            HIGHEST_VELOCITY,
            encoding.durations().longest()
        };
    }

    int intervals() {
        return encoding.intervals().count();
    }

    int velocities() {
        return encoding.velocityClasses();
    }

    int durations() {
        return encoding.durations().count();
    }

    /** The highest number of each attribute of a note. */
    int[] highest() {
        return highest.clone();
    }

    /** The lowest number of each attribute of a note. */
    static int[] lowest() {
        return new int[] {0, LOWEST_PITCH, 1, 1};
    }

    /** The lowest remaining ticks, past ticks and velocity of a key. */
    static int[] lowestKey() {
        return new int[] {KeyState.PAST, 0, 0};
    }

    /** The highest remaining ticks, past ticks and velocity of a key. */
    int[] highestKey() {
        return new int[] {encoding.durations().longest(), KeyState.OLDEST, HIGHEST_VELOCITY};
    }

    // A note, attribute by attribute: the numbers of all four in one table, each after a row for the start of a piece.

    /** What to add to each of a note's numbers to find its row. */
    int[] noteOffsets() {
        int[] offsets = new int[ATTRIBUTES];
        int at = 0;
        for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
            offsets[attribute] = at + 1;
            at += highest[attribute] + 2;
        }
        return offsets;
    }

    /** The row of its attribute's embedding for each number of a note. */
    int[] noteClasses() {
        int[] offsets = noteOffsets();
        int[] classes = new int[offsets[ATTRIBUTES - 1] + highest[ATTRIBUTES - 1] + 1];
        int[] starts = {intervals(), KEYS, velocities(), durations()};
        for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
            classes[offsets[attribute] - 1] = starts[attribute];
            for (int value = lowest()[attribute]; value <= highest[attribute]; value++) {
                classes[offsets[attribute] + value] = classOf(attribute, value);
            }
        }
        return classes;
    }

    private int classOf(int attribute, int value) {
        return switch (attribute) {
            case 0 -> encoding.intervals().of(value);
            case 1 -> value - LOWEST_PITCH;
            case 2 -> encoding.velocityClass(value);
            default -> encoding.durations().of(value);
        };
    }

    /** The scalar of each number of a note. */
    float[] noteScalars() {
        int[] offsets = noteOffsets();
        float[] scalars = new float[offsets[ATTRIBUTES - 1] + highest[ATTRIBUTES - 1] + 1];
        float[] note = new float[PerformerFeatures.SCALARS];
        for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
            int[] numbers = lowest();
            for (int value = numbers[attribute]; value <= highest[attribute]; value++) {
                numbers[attribute] = value;
                features.scalars(numbers[0], numbers[1] - LOWEST_PITCH, numbers[2], numbers[3], note, 0);
                scalars[offsets[attribute] + value] = note[attribute];
            }
        }
        return scalars;
    }

    // Ticks.

    /** Class by ticks. */
    int[] intervalClasses() {
        int[] classes = new int[encoding.intervals().longest() + 1];
        Arrays.setAll(classes, encoding.intervals()::of);
        return classes;
    }

    /** Class by velocity 0..127; there is no 0. */
    int[] velocityClasses() {
        int[] classes = new int[HIGHEST_VELOCITY + 1];
        Arrays.setAll(classes, velocity -> encoding.velocityClass(Math.max(1, velocity)));
        return classes;
    }

    /** Class by ticks; 0, which no note has, for no time. */
    int[] durationClasses() {
        int[] classes = new int[encoding.durations().longest() + 2];
        Arrays.setAll(
                classes,
                ticks -> ticks == classes.length - 1 ? 0 : encoding.durations().of(ticks));
        return classes;
    }

    /** By ticks still to sound: their logarithm; 1 where they are 0. */
    float[] remainingTimes() {
        float[] logs = features.logTable();
        float[] times = new float[(encoding.durations().longest() + 2) * 2];
        for (int ticks = 0; ticks <= encoding.durations().longest(); ticks++) {
            times[ticks * 2] = logs[ticks];
        }
        times[1] = 1;
        return times;
    }

    /** By ticks of a duration to copy: their logarithm; 1 where there are any. */
    float[] copyTimes() {
        float[] times = remainingTimes();
        for (int ticks = 0; ticks <= encoding.durations().longest(); ticks++) {
            times[ticks * 2 + 1] = ticks == 0 ? 0 : 1;
        }
        return times;
    }

    /** By ticks since a key was struck: the decays of 0.4, 3 and 1.5 seconds. */
    float[] decays() {
        float[] decays = new float[(KeyState.OLDEST + 1) * PerformerFeatures.DECAYS];
        int[] order = {0, 2, 1};
        for (int column = 0; column < order.length; column++) {
            float[] table = features.decayTable(order[column]);
            for (int age = 0; age < table.length; age++) {
                decays[age * order.length + column] = table[age];
            }
        }
        return decays;
    }

    /** By velocity 0..127: what its key's decays are multiplied by. */
    float[] loudness() {
        float[] loudness = new float[(HIGHEST_VELOCITY + 1) * PerformerFeatures.DECAYS];
        Arrays.fill(loudness, 1);
        for (int velocity = 0; velocity <= HIGHEST_VELOCITY; velocity++) {
            loudness[velocity * PerformerFeatures.DECAYS + 2] = (float) velocity / HIGHEST_VELOCITY;
        }
        return loudness;
    }

    /**
     * The order in which this graph has the numbers of {@link PerformerFeatures#keys}: by key the two of its remaining
     * time, then by key the three of its age.
     */
    static int[] keyOrder() {
        int[] order = new int[PerformerFeatures.KEYS_WIDTH];
        int decays = PerformerFeatures.DECAYS;
        for (int key = 0; key < KEYS; key++) {
            order[key * 2] = key;
            order[key * 2 + 1] = 4 * KEYS + key;
            for (int decay = 0; decay < decays; decay++) {
                order[2 * KEYS + key * decays + decay] = (1 + decay) * KEYS + key;
            }
        }
        return order;
    }

    /** The order in which this graph has the numbers of durations to copy: both of each after the other. */
    static int[] copyOrder() {
        int[] order = new int[PerformerFeatures.COPIES_WIDTH];
        for (int copy = 0; copy < PerformerFeatures.COPIES; copy++) {
            order[copy * 2] = copy;
            order[copy * 2 + 1] = PerformerFeatures.COPIES + copy;
        }
        return order;
    }

    // What is recalled.

    /** By score, the level and whether anything is recalled. */
    float[] recallLevels() {
        float[] levels = new RecallFeatures(features).levelTable();
        float[] both = new float[2 * levels.length];
        for (int score = 0; score < levels.length; score++) {
            both[2 * score] = levels[score];
            both[2 * score + 1] = score > 0 ? 1 : 0;
        }
        return both;
    }

    /**
     * The key by pitch 0..108; {@link #KEYS} for the last row, which is not a pitch, and for pitches below the piano.
     */
    int[] keyOfPitch() {
        int[] keys = new int[HIGHEST_PITCH + 2];
        Arrays.setAll(keys, pitch -> pitch < LOWEST_PITCH || pitch > HIGHEST_PITCH ? KEYS : pitch - LOWEST_PITCH);
        return keys;
    }

    // Places within classes.

    Places intervalPlaces() {
        return places(encoding.intervals());
    }

    Places durationPlaces() {
        return places(encoding.durations());
    }

    Places velocityPlaces() {
        int[] firsts = new int[velocities()];
        float[] widths = new float[velocities()];
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = 1 + i * encoding.velocityWidth();
            widths[i] = Math.min(encoding.velocityWidth(), HIGHEST_VELOCITY + 1 - firsts[i]);
        }
        return new Places(firsts, widths);
    }

    private static Places places(TickClasses classes) {
        int[] firsts = new int[classes.count()];
        float[] widths = new float[classes.count()];
        for (int i = 0; i < classes.count(); i++) {
            firsts[i] = classes.start(i);
            widths[i] = classes.width(i);
        }
        return new Places(firsts, widths);
    }

    /**
     * What numbers a class stands for.
     *
     * @param firsts the first of each class
     * @param widths how many numbers each class has
     */
    @SuppressWarnings("ArrayRecordComponent") // Constants on their way into a graph, never compared.
    record Places(int[] firsts, float[] widths) {
        /**
         * Logarithm of each width: what a place in the class costs, in nats.
         *
         * @param more choices of one place behind the classes
         */
        float[] logWidths(int more) {
            float[] logs = new float[widths.length + more];
            for (int i = 0; i < widths.length; i++) {
                logs[i] = (float) StrictMath.log(widths[i]);
            }
            return logs;
        }
    }
}
