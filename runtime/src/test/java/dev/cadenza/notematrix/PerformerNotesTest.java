package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PerformerNotesTest {
    private static int[] rows(int... values) {
        return values;
    }

    @Test
    void leavesAPianistsNotesAlone() {
        int[] played = rows(0, 60, 64, 10, 0, 64, 70, 12, 5, 62, 1, 1);
        assertThat(PerformerNotes.of(played)).isEqualTo(played);
        assertThat(PerformerNotes.of(new int[0])).isEmpty();
    }

    @Test
    void aKeyStruckAgainEndsItsEarlierNote() {
        assertThat(PerformerNotes.of(rows(0, 60, 64, 10, 4, 60, 64, 10))).containsExactly(0, 60, 64, 4, 4, 60, 64, 10);
    }

    @Test
    void twoNotesOfOneKeyAndOnsetBecomeOne() {
        assertThat(PerformerNotes.of(rows(3, 60, 64, 10, 0, 60, 80, 5, 2, 61, 1, 1)))
                .containsExactly(3, 60, 80, 10, 2, 61, 1, 1);
    }

    @Test
    void notesOutsideThePianoAreLeftOutAndTimeGoesOn() {
        assertThat(PerformerNotes.of(rows(5, 20, 64, 10, 2, 60, 64, 10, 3, 109, 64, 1, 4, 61, 1, 1)))
                .containsExactly(7, 60, 64, 10, 7, 61, 1, 1);
    }

    @Test
    void aChordIsSorted() {
        assertThat(PerformerNotes.of(rows(1, 70, 1, 5, 0, 60, 2, 6, 0, 65, 3, 7, 2, 60, 4, 1)))
                .containsExactly(1, 60, 2, 2, 0, 65, 3, 7, 0, 70, 1, 5, 2, 60, 4, 1);
    }

    @Test
    void whateverComesInTheStructuralMasksHold() {
        SplittableRandom random = new SplittableRandom(11);
        for (int piece = 0; piece < 200; piece++) {
            int[] rows = new int[4 * random.nextInt(1, 80)];
            for (int at = 0; at < rows.length; at += 4) {
                rows[at] = random.nextInt(3);
                rows[at + 1] = random.nextInt(15, 40);
                rows[at + 2] = random.nextInt(1, 128);
                rows[at + 3] = random.nextInt(1, 9);
            }
            int[] clean = PerformerNotes.of(rows);
            KeyState state = new KeyState(PerformerEncoding.STANDARD);
            int previous = -1;
            for (int at = 0; at < clean.length; at += 4) {
                int key = clean[at + 1] - PerformerEncoding.LOWEST_PITCH;
                assertThat(key).isBetween(0, 87);
                assertThat(state.remaining(key, clean[at]))
                        .as("sounds at its onset")
                        .isZero();
                assertThat(at > 0 && clean[at] == 0 && key <= previous)
                        .as("descends")
                        .isFalse();
                assertThat(clean[at + 3]).isPositive();
                state.strike(clean[at], key, clean[at + 2], clean[at + 3]);
                previous = key;
            }
            assertThat(PerformerNotes.of(clean)).as(Arrays.toString(rows)).isEqualTo(clean);
        }
    }
}
