package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class StrikesTest {
    private static Strikes of(int[]... notes) {
        return Strikes.of(Excerpts.of(100, notes));
    }

    @Test
    void semitonesAndMajorSeventhsClash() {
        // C E G B: C-B is a major seventh, one of six pairs. Then C and, after 40 ms, C#: not together.
        Strikes strikes = of(
                new int[] {0, 60, 64, 10},
                new int[] {0, 64, 64, 10},
                new int[] {1, 67, 64, 10},
                new int[] {2, 71, 64, 10},
                new int[] {100, 60, 64, 10},
                new int[] {4, 61, 64, 10});
        assertThat(strikes.clashes()).isCloseTo(1.0 / 6, within(1e-12));
        // A minor ninth is a semitone, an octave and a minor seventh are none.
        assertThat(of(new int[] {0, 60, 64, 10}, new int[] {0, 73, 64, 10}).clashes())
                .isEqualTo(1);
        assertThat(of(new int[] {0, 60, 64, 10}, new int[] {0, 70, 64, 10}, new int[] {0, 72, 64, 10})
                        .clashes())
                .isZero();
    }

    @Test
    void aNoteThatEndsWhenItsKeyIsStruckAgainIsReStruck() {
        // The first ends with the third's onset, on the same key; the third a tick before the last; the second when
        // another key is struck.
        Strikes strikes =
                of(new int[] {0, 60, 64, 20}, new int[] {10, 72, 64, 10}, new int[] {10, 60, 64, 29}, new int[] {
                    30, 60, 64, 10
                });
        assertThat(strikes.reStrikes()).isEqualTo(0.25);
    }

    @Test
    void nothingOneNoteAndOneTickHaveShares() {
        assertThat(of()).isEqualTo(new Strikes(0, 0));
        assertThat(of(new int[] {0, 60, 64, 10})).isEqualTo(new Strikes(0, 0));
        assertThat(of(new int[] {0, 60, 64, 10}, new int[] {0, 60, 64, 10})).isEqualTo(new Strikes(0, 0.5));
    }
}
