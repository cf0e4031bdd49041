package dev.cadenza.generation.reference;

import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import dev.cadenza.notematrix.TickClasses;
import java.util.Arrays;

/**
 * How a model of kind {@code performer} goes from its logits to a note, in plain Java: the reference that the graph is
 * held equal to, and all that a host needs whose network runs elsewhere.
 *
 * <p>The four attributes are chosen in a chain, each as {@link CategoricalSampler} says, then placed within its class
 * by a uniform number u: {@code start + floor(u width)}. What a piano cannot do is not a choice:
 *
 * <ul>
 *   <li>interval class 0, when no key above the last is free, or none that the bias allows;
 *   <li>a key that still sounds; at interval 0 a key that is not above the last;
 *   <li>duration class 0; the end of a note that is past.
 * </ul>
 *
 * Immutable.
 */
public final class PerformerSampler {
    /** A key with a bias at or below this is one that the host forbids. */
    private static final float FORBIDDEN = -1e8f;

    private static final int LOWEST = PerformerEncoding.LOWEST_PITCH;
    private static final int HIGHEST = LOWEST + PerformerEncoding.KEYS - 1;
    private static final int LOUDEST = 127;
    private static final int INTERVAL = 0;
    private static final int PITCH = 1;
    private static final int VELOCITY = 2;
    private static final int DURATION = 3;

    private final PerformerEncoding encoding;
    private final PerformerFeatures features;
    private final PerformerChoices choices;

    public PerformerSampler(PerformerEncoding encoding) {
        this.encoding = encoding;
        features = new PerformerFeatures(encoding);
        choices = new PerformerChoices(encoding);
    }

    /** What the heads say, asked one after the other: logits of an attribute, given what is chosen already. */
    public interface Heads {
        /** {@code [interval classes]}. */
        float[] interval();

        /**
         * {@code [88]}.
         *
         * @param interval ticks
         */
        float[] pitch(int interval);

        /**
         * {@code [velocity classes]}.
         *
         * @param pitch MIDI
         */
        float[] velocity(int interval, int pitch);

        /**
         * {@code [duration classes and copies]}.
         *
         * @param velocity 1..127
         */
        float[] duration(int interval, int pitch, int velocity);
    }

    /**
     * Chooses the next note of one row.
     *
     * @param keys at the onset of the note before, that note struck
     * @param input gives the note before, what is forced, random numbers, bias and settings
     * @param step of the input
     * @param row of the input
     * @return {@code [4]}: interval ticks, pitch, velocity, duration ticks
     */
    public int[] choose(Heads heads, KeyState keys, StepInput input, int step, int row) {
        int cell = step * input.rows() + row;
        Cell at = new Cell(
                input,
                new CategoricalSampler(input.temperature()[row], input.topP()[row], input.minP()[row]),
                cell * StepModel.ATTRIBUTES,
                cell * choices.count(),
                row * choices.count(),
                cell * PerformerChoices.UNIFORMS);
        int last = input.note()[at.note + PITCH];
        int[] next = new int[StepModel.ATTRIBUTES];

        float[] intervals = heads.interval().clone();
        if (last != StepModel.NONE && !freeAbove(keys, last, input.bias(), at.bias + choices.keys())) {
            intervals[0] = CategoricalSampler.MASKED;
        }
        int interval = at.take(
                INTERVAL, next, place(encoding.intervals(), at.choose(intervals, choices.intervals()), at.u(0)));
        interval = Math.min(interval, encoding.intervals().longest());

        float[] pitches = heads.pitch(interval).clone();
        mask(pitches, keys, interval, last);
        int pitch = at.take(PITCH, next, LOWEST + at.choose(pitches, choices.keys()));
        pitch = Math.max(LOWEST, Math.min(HIGHEST, pitch));

        int velocity = at.take(
                VELOCITY, next, velocity(at.choose(heads.velocity(interval, pitch), choices.velocities()), at.u(1)));
        velocity = Math.max(1, Math.min(LOUDEST, velocity));

        float[] durations = heads.duration(interval, pitch, velocity).clone();
        int[] copies = new int[PerformerFeatures.COPIES];
        features.copies(keys, interval, copies, 0);
        int classes = encoding.durations().count();
        durations[0] = CategoricalSampler.MASKED;
        for (int copy = 0; copy < copies.length; copy++) {
            if (copies[copy] < 1) {
                durations[classes + copy] = CategoricalSampler.MASKED;
            }
        }
        int chosen = at.choose(durations, choices.durations());
        at.take(
                DURATION,
                next,
                chosen < classes ? place(encoding.durations(), chosen, at.u(2)) : copies[chosen - classes]);
        return next;
    }

    /** Where one row's numbers of one step lie in the input. */
    private record Cell(StepInput input, CategoricalSampler sampler, int note, int noise, int bias, int uniform) {
        int choose(float[] logits, int first) {
            return sampler.choose(logits, input.bias(), bias + first, input.noise(), noise + first);
        }

        float u(int column) {
            return input.uniform()[uniform + column];
        }

        /** What is forced, or else what was chosen. */
        int take(int attribute, int[] next, int chosen) {
            int forced = input.forced()[note + attribute];
            next[attribute] = forced >= 0 ? forced : chosen;
            return next[attribute];
        }
    }

    private static boolean freeAbove(KeyState keys, int last, float[] bias, int atKeys) {
        for (int key = Math.max(0, last - LOWEST + 1); key < PerformerEncoding.KEYS; key++) {
            if (keys.remaining(key, 0) == 0 && bias[atKeys + key] > FORBIDDEN) {
                return true;
            }
        }
        return false;
    }

    private static void mask(float[] pitches, KeyState keys, int interval, int last) {
        int lowest = interval == 0 && last != StepModel.NONE ? last - LOWEST + 1 : 0;
        Arrays.fill(pitches, 0, Math.max(0, Math.min(lowest, pitches.length)), CategoricalSampler.MASKED);
        for (int key = 0; key < PerformerEncoding.KEYS; key++) {
            if (keys.remaining(key, interval) > 0) {
                pitches[key] = CategoricalSampler.MASKED;
            }
        }
    }

    private int velocity(int ofClass, float u) {
        int first = 1 + ofClass * encoding.velocityWidth();
        return first + within(Math.min(encoding.velocityWidth(), LOUDEST + 1 - first), u);
    }

    private static int place(TickClasses classes, int ofClass, float u) {
        return classes.start(ofClass) + within(classes.width(ofClass), u);
    }

    private static int within(int width, float u) {
        return (int) (Math.min(u, Math.nextDown(1f)) * width);
    }
}
