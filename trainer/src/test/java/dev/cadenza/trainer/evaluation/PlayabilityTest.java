package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlayabilityTest {
    private static boolean canStrike(int... keys) {
        return Playability.canStrike(keys);
    }

    /** Keys struck at once. */
    private static int[][] chord(int interval, int... keys) {
        return IntStream.range(0, keys.length)
                .mapToObj(note -> new int[] {note == 0 ? interval : 0, keys[note], 64, 50})
                .toArray(int[][]::new);
    }

    @Test
    void aHandHasFiveFingersAndASpan() {
        assertThat(canStrike()).isTrue();
        assertThat(canStrike(60)).isTrue();
        assertThat(canStrike(21, 35, 94, 108)).isTrue();
        assertThat(canStrike(21, 35, 93, 108)).isFalse();
        assertThat(canStrike(21, 60, 108)).isFalse();
        assertThat(canStrike(60, 61, 62, 63, 64, 65, 66, 67, 68, 69)).isTrue();
        assertThat(canStrike(60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70)).isFalse();
        // Six keys below and one above: the left hand has no sixth finger, and the right does not reach.
        assertThat(canStrike(40, 41, 42, 43, 44, 45, 70)).isFalse();
        assertThat(canStrike(40, 41, 42, 43, 44, 56, 70)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000})
    void whatBeginsWithinThirtyMillisecondsOfTheFirstIsOneOnset(int ticksPerSecond) {
        int tick = ticksPerSecond / 100;
        // 0, 20, 30 and 40 ms: the last is 10 ms after its neighbour, but 40 after the first.
        Playability hands = Playability.of(Excerpts.of(
                ticksPerSecond,
                new int[] {0, 30, 64, 50},
                new int[] {2 * tick, 60, 64, 50},
                new int[] {tick, 90, 64, 50},
                new int[] {tick, 91, 64, 50}));
        assertThat(hands.mostNotes()).isEqualTo(3);
        assertThat(hands.notesPerOnset()).isEqualTo(2);
        assertThat(hands.unplayableOnsets()).isEqualTo(1);
        assertThat(hands.isPlayable()).isFalse();
        assertThat(hands.isAvalanche()).isFalse();
    }

    @Test
    void moreThanTenNotesAtOnceAreAnAvalanche() {
        int[] ten = IntStream.range(60, 70).toArray();
        Playability full = Playability.of(Excerpts.of(100, chord(0, ten)));
        assertThat(full.isAvalanche()).isFalse();
        assertThat(full.isPlayable()).isTrue();
        Playability over =
                Playability.of(Excerpts.of(100, chord(0, IntStream.range(60, 71).toArray())));
        assertThat(over.isAvalanche()).isTrue();
        assertThat(over.isPlayable()).isFalse();
        assertThat(over.mostNotes()).isEqualTo(11);
    }

    @Test
    void aKeyTwiceInAnOnsetNeedsOneFinger() {
        int[] trill = {60, 62, 60, 62, 60, 62, 60, 62, 60, 62, 60};
        Playability hands = Playability.of(Excerpts.of(1000, chord(0, trill)));
        assertThat(hands.isPlayable()).isTrue();
        assertThat(hands.isAvalanche()).isTrue();
    }

    @Test
    void nothingAndOneNoteArePlayable() {
        assertThat(Playability.of(Excerpts.of(100))).isEqualTo(new Playability(0, 0, 0));
        assertThat(Playability.of(Excerpts.of(100, new int[] {7, 60, 64, 1}))).isEqualTo(new Playability(0, 1, 1));
    }
}
