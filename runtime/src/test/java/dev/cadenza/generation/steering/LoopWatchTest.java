package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopWatchTest {
    private final LoopWatch watch = new LoopWatch(100);

    /** Hears notes of a pattern, one pitch each, up to but without that note. */
    private void hear(int period, int from, int to, int jitter, Random random) {
        for (int note = from; note < to; note++) {
            watch.heard(10 + random.nextInt(jitter + 1), 30 + note % period);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 8, 16, 31, 63, 64})
    void aPatternDoesNotGoOnAfterFourTimes(int period) {
        hear(period, 0, 4 * period - 1, 2, new Random(1));
        assertThat(watch.wouldGoOn()).as("before its end").isEmpty();
        hear(period, 4 * period - 1, 4 * period, 2, new Random(1));
        assertThat(watch.wouldGoOn()).as("it would begin again").containsOnly(30);
        watch.heard(10, 29);
        assertThat(watch.wouldGoOn()).as("it is broken").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void trillsAndRepeatedNotesMayLast(int period) {
        hear(period, 0, 40 + period - 1, 2, new Random(1));
        assertThat(watch.wouldGoOn()).isEmpty();
        hear(period, 40 + period - 1, 40 + period, 2, new Random(1));
        assertThat(watch.wouldGoOn()).containsOnly(30 + (40 + period) % period);
    }

    @Test
    void theSamePitchesInAnotherRhythmAreNoLoop() {
        Random random = new Random(2);
        for (int note = 0; note < 400; note++) {
            watch.heard(10 + 8 * random.nextInt(5), 30 + note % 8);
            assertThat(watch.wouldGoOn()).isEmpty();
        }
    }

    @Test
    void musicOfManyPitchesIsNoLoop() {
        Random random = new Random(3);
        for (int note = 0; note < 2000; note++) {
            watch.heard(10, 30 + random.nextInt(12));
            assertThat(watch.wouldGoOn()).isEmpty();
        }
    }
}
