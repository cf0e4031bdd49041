package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecurrenceTest {
    private static final int[] THEME = {60, 64, 62, 67, 65, 69, 72};

    private static Recurrence of(List<int[]> notes) {
        return Recurrence.of(Excerpts.of(100, notes.toArray(int[][]::new)));
    }

    private static List<int[]> theme(int up, int ticks) {
        List<int[]> notes = new ArrayList<>();
        for (int pitch : THEME) {
            notes.add(new int[] {ticks, pitch + up, 64, 5});
        }
        return notes;
    }

    @Test
    void aThemeComesBackAtAnotherPitch() {
        List<int[]> notes = theme(0, 50);
        notes.addAll(theme(5, 50));
        // 13 steps; the second theme's six were heard.
        assertThat(of(notes).near()).isCloseTo(6.0 / 13, within(1e-12));
        assertThat(of(notes).far()).isZero();
        notes.get(13)[1]++;
        assertThat(of(notes).near()).isZero();
    }

    @Test
    void theSamePitchesComeBackAfterEightSeconds() {
        List<int[]> notes = theme(0, 50);
        notes.addAll(theme(0, 50));
        notes.get(7)[0] = 500;
        // From the first onset of the one to that of the other: 3 + 5 s. Two runs of six overlap in seven onsets.
        assertThat(of(notes).far()).isCloseTo(7.0 / 14, within(1e-12));
        notes.get(7)[0] = 499;
        assertThat(of(notes).far()).isZero();
        assertThat(of(notes).near()).isPositive();
    }

    @Test
    void onlyTheTopOfAChordCounts() {
        List<int[]> notes = new ArrayList<>();
        for (int[] note : theme(0, 50)) {
            notes.add(note);
            notes.add(new int[] {1, 40 + notes.size(), 64, 5});
        }
        notes.addAll(theme(0, 50));
        assertThat(of(notes).near()).isCloseTo(6.0 / 13, within(1e-12));
    }

    @Test
    void whatIsTooShortDoesNotRecur() {
        assertThat(of(List.of())).isEqualTo(new Recurrence(0, 0));
        assertThat(of(theme(0, 50).subList(0, 1))).isEqualTo(new Recurrence(0, 0));
        assertThat(of(theme(0, 0))).isEqualTo(new Recurrence(0, 0));
    }
}
