package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MusicFiguresTest {
    private static Excerpt excerpt(int[]... notes) {
        int[] rows = new int[notes.length * 4];
        for (int note = 0; note < notes.length; note++) {
            System.arraycopy(notes[note], 0, rows, note * 4, 4);
        }
        return new Excerpt(rows, 100);
    }

    @Test
    void figuresOfThreeNotes() {
        // A long note; a second later another with it; two seconds after both have ended a third.
        MusicFigures figures = MusicFigures.of(
                excerpt(new int[] {999, 60, 40, 200}, new int[] {100, 67, 60, 100}, new int[] {300, 72, 80, 50}));

        assertThat(figures.notesPerSecond()).isEqualTo(0.5);
        assertThat(figures.polyphony()).isCloseTo(350.0 / 250, within(1e-9));
        assertThat(figures.pitchMean()).isCloseTo(199.0 / 3, within(1e-9));
        assertThat(figures.pitchDeviation()).isCloseTo(4.922, within(1e-3));
        assertThat(figures.pitchClassEntropy()).isCloseTo(0.9183, within(1e-4));
        assertThat(figures.scaleConsistency()).isEqualTo(1);
        assertThat(figures.longestGapSeconds()).isEqualTo(3);
        assertThat(figures.longestSilenceSeconds()).isEqualTo(2);
        assertThat(figures.longestNoteSeconds()).isEqualTo(2);
        assertThat(figures.velocityDeviation()).isCloseTo(16.33, within(0.01));
        assertThat(figures.barRepeats()).isEqualTo(1);
        assertThat(figures.repeatedFourGrams()).isZero();
    }

    @Test
    void aChromaticScaleIsInNoKey() {
        int[][] notes = new int[24][];
        for (int i = 0; i < 24; i++) {
            notes[i] = new int[] {10, 48 + i, 64, 10};
        }
        MusicFigures figures = MusicFigures.of(excerpt(notes));
        assertThat(figures.pitchClassEntropy()).isCloseTo(Math.log(12) / Math.log(2), within(1e-9));
        assertThat(figures.scaleConsistency()).isCloseTo(7.0 / 12, within(1e-9));
    }

    @Test
    void aBarThatFollowsItselfIsCounted() {
        int[] bar = {60, 64, 67, 72, 67, 64};
        int[][] notes = new int[6 * 5 + 3][];
        for (int i = 0; i < notes.length; i++) {
            // A little unevenly, and then three notes of something else.
            notes[i] = new int[] {20 + i % 2, i < 30 ? bar[i % 6] : 50 + i, 64, 10};
        }
        assertThat(Repeats.longest(excerpt(notes))).isEqualTo(5);
        assertThat(MusicFigures.of(excerpt(notes)).repeatedFourGrams()).isGreaterThan(0.6);

        int[][] tremolo = new int[60][];
        for (int i = 0; i < tremolo.length; i++) {
            tremolo[i] = new int[] {8, i % 2 == 0 ? 60 : 63, 64, 8};
        }
        // Four notes of a tremolo take a third of a second: only longer stretches of it count.
        assertThat(Repeats.longest(excerpt(tremolo))).isLessThan(12);
    }

    @Test
    void spreadsHaveQuantiles() {
        MusicFigures slow = MusicFigures.of(excerpt(new int[] {0, 60, 64, 10}, new int[] {100, 60, 64, 10}));
        MusicFigures fast = MusicFigures.of(excerpt(new int[] {0, 60, 64, 10}, new int[] {20, 60, 64, 10}));
        FigureSpread spread = FigureSpread.of(List.of(fast, slow, slow));
        assertThat(spread.quantile("notes_per_s", 0)).isEqualTo(1);
        assertThat(spread.quantile("notes_per_s", 0.5)).isEqualTo(1);
        assertThat(spread.quantile("notes_per_s", 1)).isEqualTo(5);
        assertThat(spread.quantile("notes_per_s", 0.75)).isEqualTo(3);
        assertThat(spread.toJson().path("polyphony").path("median").asDouble()).isEqualTo(1);
    }
}
