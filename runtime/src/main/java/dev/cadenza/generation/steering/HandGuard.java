package dev.cadenza.generation.steering;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Keeps what is struck within 30 ms, together with what fingers still hold, to what two hands can reach: a note that does
 * not fit moves by octaves, or comes when the chord is over.
 *
 * <p>Durations come from data with the sustain pedal applied. Keys that end together with another one are taken for held
 * by the pedal, all others by fingers. Mutable; one thread.
 */
public final class HandGuard {
    private static final double CHORD_SECONDS = 0.03;
    private static final double SAME_END_SECONDS = 0.02;
    /** A key that sounds for longer is taken for held by the pedal. */
    private static final double LONGEST_HELD_SECONDS = 2;

    private static final int OCTAVE = 12;
    private static final int OCTAVES = 3;

    private final TwoHands hands;
    private final KeyState keys;
    private final int chordTicks;
    private final int sameEnd;
    private final int longestHeld;
    /** Keys of the chord so far, and those that fingers held when it began. */
    private final int[] chord = new int[PerformerEncoding.KEYS + 1];

    private int count;
    /** Ticks from the chord's first note to the last one. */
    private int elapsed = Integer.MAX_VALUE / 2;

    /** @param keys as they sound; {@link #struck} comes before they are struck */
    HandGuard(TwoHands hands, KeyState keys, int ticksPerSecond) {
        this.hands = hands;
        this.keys = keys;
        chordTicks = (int) Math.round(CHORD_SECONDS * ticksPerSecond);
        sameEnd = (int) Math.round(SAME_END_SECONDS * ticksPerSecond);
        longestHeld = (int) Math.round(LONGEST_HELD_SECONDS * ticksPerSecond);
    }

    /** A note as it is to be played: ticks since the note before, and MIDI pitch. */
    public record Placed(int interval, int pitch) {}

    /**
     * Where a chosen note goes.
     *
     * @param previous pitch of the note before; of notes at the same tick the lower comes first
     * @param allowed the pitches that it may move to
     */
    Placed place(int interval, int pitch, int previous, IntPredicate allowed) {
        if (elapsed + interval > chordTicks) {
            return reach(interval, pitch, previous, allowed);
        }
        // Within 30 ms no finger strikes a key again.
        return !isIn(chord, count, pitch) && fits(chord, count, pitch)
                ? new Placed(interval, pitch)
                : reach(chordTicks + 1 - elapsed, pitch, previous, allowed);
    }

    /** The first note of a chord, where fingers reach it while they hold what they hold; as it is if there is no such place. */
    private Placed reach(int interval, int pitch, int previous, IntPredicate allowed) {
        int[] held = new int[chord.length];
        int holding = held(interval, held);
        if (fits(held, holding, pitch)) {
            return new Placed(interval, pitch);
        }
        for (int octave = 1; octave <= OCTAVES; octave++) {
            for (int moved : new int[] {pitch + octave * OCTAVE, pitch - octave * OCTAVE}) {
                if (allowed.test(moved)
                        && keys.remaining(moved - PerformerEncoding.LOWEST_PITCH, interval) == 0
                        && (interval > 0 || moved > previous)
                        && fits(held, holding, moved)) {
                    return new Placed(interval, moved);
                }
            }
        }
        return new Placed(interval, pitch);
    }

    private static boolean isIn(int[] pitches, int number, int pitch) {
        return Arrays.stream(pitches, 0, number).anyMatch(other -> other == pitch);
    }

    private boolean fits(int[] others, int number, int pitch) {
        if (number > TwoHands.MOST_KEYS) {
            return false;
        }
        int[] together = Arrays.copyOf(others, number + 1);
        together[number] = pitch;
        return hands.fit(together, number + 1);
    }

    /** Takes note of what is played next, before it is struck. */
    void struck(int interval, int pitch) {
        if (elapsed + interval > chordTicks) {
            count = held(interval, chord);
            elapsed = 0;
        } else {
            elapsed += interval;
        }
        if (count < chord.length) {
            chord[count++] = pitch;
        }
    }

    /** Writes the pitches that fingers still hold that many ticks from now. Returns how many. */
    private int held(int interval, int[] to) {
        int found = 0;
        for (int key = 0; key < PerformerEncoding.KEYS; key++) {
            int rest = keys.remaining(key, interval);
            if (rest > chordTicks && keys.age(key, interval) <= longestHeld && endsAlone(key, rest, interval)) {
                to[found++] = PerformerEncoding.LOWEST_PITCH + key;
            }
        }
        return found;
    }

    private boolean endsAlone(int key, int rest, int interval) {
        for (int other = 0; other < PerformerEncoding.KEYS; other++) {
            int left = keys.remaining(other, interval);
            if (other != key && left > 0 && Math.abs(left - rest) <= sameEnd) {
                return false;
            }
        }
        return true;
    }
}
