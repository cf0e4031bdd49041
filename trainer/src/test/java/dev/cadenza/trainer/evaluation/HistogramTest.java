package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistogramTest {
    /** Notes of one length after intervals; the first interval is not looked at. */
    private static Excerpt intervals(int ticksPerSecond, int... intervals) {
        int[][] notes = new int[intervals.length][];
        for (int note = 0; note < notes.length; note++) {
            notes[note] = new int[] {intervals[note], 60, 64, ticksPerSecond};
        }
        return Excerpts.of(ticksPerSecond, notes);
    }

    private static int classOf(int millis) {
        double[] shares =
                Histogram.interOnset(List.of(intervals(1000, 0, millis))).shares();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                assertThat(shares[i]).isEqualTo(1);
                return i;
            }
        }
        throw new AssertionError("no class of " + millis + " ms");
    }

    /** A class is 10 ms x 10^(3 k / 40) and on: 11.885 ms, .., 94.406 ms (13), 112.20 ms, .., 8.41395 s (39). */
    @Test
    void classesAreOfEqualWidthOnALogarithmicAxis() {
        assertThat(classOf(0)).isZero();
        assertThat(classOf(11)).isZero();
        assertThat(classOf(12)).isEqualTo(1);
        assertThat(classOf(94)).isEqualTo(12);
        assertThat(classOf(95)).isEqualTo(13);
        assertThat(classOf(112)).isEqualTo(13);
        assertThat(classOf(113)).isEqualTo(14);
        assertThat(classOf(8413)).isEqualTo(38);
        assertThat(classOf(8414)).isEqualTo(39);
        assertThat(classOf(60_000)).isEqualTo(39);
    }

    @Test
    void theMiddleOfAClassLiesInIt() {
        assertThat(Histogram.seconds(0)).isCloseTo(0.0109018, within(1e-6));
        assertThat(Histogram.seconds(39)).isCloseTo(9.17276, within(1e-4));
        for (int i = 0; i < Histogram.CLASSES; i++) {
            Excerpt at = intervals(1_000_000, 0, (int) (Histogram.seconds(i) * 1e6));
            assertThat(Histogram.interOnset(List.of(at)).shares()[i]).isEqualTo(1);
        }
    }

    @Test
    void sharesArePooledOverExcerptsOfAnyGrid() {
        Histogram pooled = Histogram.interOnset(List.of(intervals(1000, 7, 100, 100, 100), intervals(10, 0, 10)));

        assertThat(pooled.shares()[13]).isCloseTo(0.75, within(1e-12));
        assertThat(pooled.shares()[26]).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void everyNotesLengthCounts() {
        Histogram lengths = Histogram.durations(List.of(
                Excerpts.of(100, new int[] {0, 60, 64, 10}, new int[] {0, 62, 64, 100}, new int[] {0, 64, 64, 100})));

        assertThat(lengths.shares()[13]).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(lengths.shares()[26]).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void overlapIsWhatBothHave() {
        Histogram some = Histogram.interOnset(List.of(intervals(1000, 0, 100, 100, 100, 1000)));
        Histogram other = Histogram.interOnset(List.of(intervals(1000, 0, 100, 1000)));
        Histogram none = Histogram.interOnset(List.of(intervals(1000, 0, 5000)));

        assertThat(some.overlap(other)).isCloseTo(0.75, within(1e-12));
        assertThat(other.overlap(some)).isCloseTo(0.75, within(1e-12));
        assertThat(some.overlap(some)).isCloseTo(1, within(1e-12));
        assertThat(some.overlap(none)).isZero();
    }
}
