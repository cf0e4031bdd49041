package dev.cadenza.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.step.StepModel;
import dev.cadenza.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models that are as sure as one can be, steps of 10 ms. */
final class RollTrackTest {
    private static final int STEP = 10;
    private static final int C = 60;
    private static final int E = 64;
    private static final int LIKELIEST = 72;

    /** What a model wants of the step at a position, given the keys of the step before. */
    @FunctionalInterface
    private interface Will {
        boolean sounds(int position, int pitch, boolean before);
    }

    /** Does what it wants where nothing is forced; refuses to go on for ever. */
    private static final class Willed implements RollSteps {
        private static final int MOST_STEPS = 2000;

        private final Will will;
        private int steps;
        private int forcedKeys;

        Willed(Will will) {
            this.will = will;
        }

        @Override
        public Step draw(boolean[] before, int position, int[] forced, float[] uniform, float temperature) {
            assertThat(++steps).as("steps").isLessThan(MOST_STEPS);
            boolean[] on = new boolean[PianoRoll.KEYS];
            float[] logits = new float[PianoRoll.KEYS];
            Arrays.fill(logits, -9);
            logits[LIKELIEST - PianoRoll.LOWEST_PITCH] = -8;
            for (int key = 0; key < on.length; key++) {
                forcedKeys += forced[key] == StepModel.NONE ? 0 : 1;
                on[key] = forced[key] == StepModel.NONE
                        ? will.sounds(position, key + PianoRoll.LOWEST_PITCH, before[key])
                        : forced[key] == 1;
            }
            return new Step(on, logits, -1);
        }

        @Override
        public void tell(boolean[] before, int position, boolean[][] given) {}
    }

    /** A track that was given C and E, both to sound for long. */
    private static RollTrack chord() {
        RollTrack track = new RollTrack(RollRules.STANDARD);
        track.given(new int[] {0, C, 64, 400 * STEP}, 0, STEP);
        track.given(new int[] {0, E, 64, 400 * STEP}, 0, STEP);
        return track;
    }

    /** The next notes as interval in steps, pitch, velocity, duration in steps. */
    private static List<int[]> play(RollTrack track, RollSteps model, int notes) {
        List<int[]> played = new ArrayList<>();
        for (int note = 0; note < notes; note++) {
            int[] next = new int[StepModel.ATTRIBUTES];
            track.next(model, 0, STEP, next, 0);
            next[0] /= STEP;
            next[3] /= STEP;
            played.add(next);
        }
        return played;
    }

    @Test
    void aModelThatHoldsForEverLetsGoAndThenStrikesItsLikeliestKey() {
        Willed holds = new Willed((position, pitch, before) -> before);
        RollTrack track = chord();
        // 64 steps of the chord, 32 of silence from the one that lets it go, and the one that asks for the likeliest
        // key.
        assertThat(play(track, holds, 1)).containsExactly(new int[] {98, LIKELIEST, 72, 32});
        assertThat(holds.steps).isEqualTo(129);
        assertThat(play(track, holds, 3)).allSatisfy(note -> assertThat(note).containsExactly(98, LIKELIEST, 72, 32));
    }

    @Test
    void aChordThatWasLetGoMayBeStruckAgain() {
        Willed wants = new Willed((position, pitch, before) -> pitch == C || pitch == E);
        assertThat(play(chord(), wants, 4))
                .containsExactly(
                        new int[] {66, C, 72, 32}, new int[] {0, E, 72, 32}, new int[] {66, C, 72, 32}, new int[] {
                            0, E, 72, 32
                        });
    }

    @Test
    void whatIsHeldBelowNotesThatGoOnIsNotLetGo() {
        Willed organ = new Willed((position, pitch, before) ->
                pitch == C || (pitch == LIKELIEST && position % 64 > 0 && position % 64 <= 20));
        assertThat(play(chord(), organ, 5).subList(1, 5))
                .allSatisfy(note -> assertThat(note).containsExactly(64, LIKELIEST, 72, 20));
        assertThat(organ.forcedKeys).isZero();
    }

    @Test
    void silenceEndsWithTheLikeliestKey() {
        Willed mute = new Willed((position, pitch, before) -> false);
        assertThat(play(new RollTrack(RollRules.STANDARD), mute, 3))
                .containsExactly(new int[] {33, LIKELIEST, 72, 1}, new int[] {34, LIKELIEST, 72, 1}, new int[] {
                    34, LIKELIEST, 72, 1
                });
    }

    @Test
    void aCopyLetsGoWhenItsOriginalDoes() {
        Willed wants = new Willed((position, pitch, before) -> pitch == C || pitch == E);
        RollTrack track = chord();
        play(track, wants, 2);
        RollTrack copy = track.copy();
        assertThat(play(copy, wants, 4)).usingRecursiveComparison().isEqualTo(play(track, wants, 4));
    }
}
