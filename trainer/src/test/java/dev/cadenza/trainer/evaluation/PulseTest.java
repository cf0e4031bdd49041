package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private static Pulse of(int notes, IntUnaryOperator interval) {
        int[][] rows = new int[notes][];
        for (int note = 0; note < notes; note++) {
            rows[note] = new int[] {interval.applyAsInt(note), 60, 64, 5};
        }
        return Pulse.of(Excerpts.of(100, rows));
    }

    @Test
    void aMetronomeIsClearAndStays() {
        Pulse pulse = of(60, note -> 50);
        assertThat(pulse.clarity().orElseThrow()).isGreaterThan(0.95);
        assertThat(pulse.persistence()).hasValue(1);
    }

    @Test
    void chanceIsNot() {
        SplittableRandom random = new SplittableRandom(1);
        Pulse pulse = of(300, note -> 4 + random.nextInt(60));
        assertThat(pulse.clarity().orElseThrow()).isLessThan(0.45);
        assertThat(pulse.persistence().orElseThrow()).isLessThan(0.7);
    }

    @Test
    void aTempoThatChangesDoesNotPersist() {
        // 8 s a beat of 0.4 s, then 0.47, 0.55 and so on: windows overlap by half, and hold their own beat.
        Pulse pulse = of(150, note -> 40 + 9 * (note / 20));
        assertThat(pulse.clarity().orElseThrow()).isGreaterThan(0.5);
        assertThat(pulse.persistence().orElseThrow()).isLessThan(0.6);
    }

    @Test
    void aFasterBeatThanAFifthOfASecondIsSeenAtItsMultiples() {
        assertThat(of(200, note -> 10).clarity().orElseThrow()).isGreaterThan(0.9);
    }

    @Test
    void whatIsTooShortOrTooThinHasNone() {
        assertThat(of(0, note -> 0).clarity()).isEmpty();
        assertThat(of(1, note -> 0).clarity()).isEmpty();
        assertThat(of(100, note -> 0).clarity()).isEmpty();
        assertThat(of(15, note -> 50).clarity()).isEmpty();
        // Seven onsets in 8 s.
        assertThat(of(40, note -> 120).clarity()).isEmpty();
        // One window: a beat, but no neighbour.
        assertThat(of(18, note -> 50).clarity()).isPresent();
        assertThat(of(18, note -> 50).persistence()).isEmpty();
        // A second one begins after 4 s.
        assertThat(of(24, note -> 50).persistence()).isEmpty();
        assertThat(of(25, note -> 50).persistence()).hasValue(1);
    }
}
