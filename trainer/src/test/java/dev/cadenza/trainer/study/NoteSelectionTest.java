package dev.cadenza.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.HandmadeCorpus;
import dev.cadenza.trainer.corpus.Split;
import org.junit.jupiter.api.Test;

final class NoteSelectionTest {
    private static final int TICKS = 1000;

    private static int[][] selected(NoteSelection selection, int[]... notes) {
        EncodedCorpus corpus =
                selection.on(new HandmadeCorpus().piece(Split.TRAIN, notes).at(TICKS));
        return HandmadeCorpus.notes(corpus, corpus.pieces().get(0));
    }

    @Test
    void allIsTheCorpusItself() {
        EncodedCorpus corpus = new HandmadeCorpus()
                .piece(Split.TRAIN, new int[] {0, 60, 64, 1})
                .at(TICKS);

        assertThat(NoteSelection.ALL.on(corpus)).isSameAs(corpus);
    }

    @Test
    void longDropsNotesUnderThirtyMilliseconds() {
        int[][] kept = selected(
                NoteSelection.LONG,
                new int[] {5, 60, 64, 29},
                new int[] {100, 62, 65, 30},
                new int[] {100, 64, 66, 1},
                new int[] {0, 65, 67, 2000});

        assertThat(kept).isDeepEqualTo(new int[][] {{105, 62, 65, 30}, {100, 65, 67, 2000}});
    }

    @Test
    void aPieceOfShortNotesAloneIsLeftOut() {
        EncodedCorpus corpus = new HandmadeCorpus()
                .piece(Split.TRAIN, new int[] {0, 60, 64, 10})
                .piece(Split.VALIDATION, new int[] {0, 61, 64, 40})
                .at(TICKS);
        EncodedCorpus kept = NoteSelection.LONG.on(corpus);

        assertThat(kept.pieces()).hasSize(1);
        assertThat(kept.pieces(Split.VALIDATION)).hasSize(1);
        assertThat(kept.value(kept.pieces().get(0).firstRow(), 1)).isEqualTo(61);
    }

    @Test
    void topIsTheHighestOfNotesStruckTogether() {
        int[][] kept = selected(
                NoteSelection.TOP,
                new int[] {0, 60, 64, 400},
                new int[] {10, 67, 65, 400},
                // 30 ms after the chord's first.
                new int[] {20, 72, 66, 400},
                new int[] {470, 55, 67, 400},
                // 31 ms after: a chord of its own.
                new int[] {31, 57, 68, 400});

        assertThat(kept).isDeepEqualTo(new int[][] {{30, 72, 66, 400}, {470, 55, 67, 400}, {31, 57, 68, 400}});
    }

    @Test
    void topLeavesOutWhatIsStruckUnderASoundingNote() {
        int[][] kept = selected(
                NoteSelection.TOP,
                new int[] {0, 72, 64, 1000},
                // Under it.
                new int[] {300, 60, 65, 5000},
                // Above it: the new voice.
                new int[] {200, 76, 66, 100},
                // Under the first, which sounds on.
                new int[] {200, 71, 67, 200},
                new int[] {100, 71, 68, 200},
                // After all have ended.
                new int[] {1000, 40, 69, 100});

        assertThat(kept).isDeepEqualTo(new int[][] {{0, 72, 64, 1000}, {500, 76, 66, 100}, {1300, 40, 69, 100}});
    }

    @Test
    void topHearsALegatoThatOverlapsByLessThanThirtyMilliseconds() {
        int[][] legato = {{0, 72, 64, 520}, {500, 71, 65, 520}};
        int[][] held = {{0, 72, 64, 540}, {500, 71, 65, 520}};

        assertThat(selected(NoteSelection.TOP, legato)).isDeepEqualTo(legato);
        assertThat(selected(NoteSelection.TOP, held)).isDeepEqualTo(new int[][] {held[0]});
    }

    @Test
    void moderateDropsTheSoftestAndTheLoudestHundredth() {
        int[][] notes = new int[101][];
        for (int note = 0; note < notes.length; note++) {
            // Velocities 10..110 in some order.
            notes[note] = new int[] {100, 60, 10 + note * 37 % 101, 50};
        }
        int[][] kept = selected(NoteSelection.MODERATE, notes);
        int onset = 0;
        for (int[] note : kept) {
            onset += note[0];
            assertThat(note[2]).isBetween(11, 109).isEqualTo(notes[onset / 100 - 1][2]);
        }

        assertThat(kept).hasDimensions(99, 4);
    }

    @Test
    void moderateKeepsAPieceOfOneVelocity() {
        int[][] notes = new int[300][];
        for (int note = 0; note < notes.length; note++) {
            notes[note] = new int[] {100, 60 + note % 12, 64, 50};
        }

        assertThat(selected(NoteSelection.MODERATE, notes)).isDeepEqualTo(notes);
        assertThat(selected(NoteSelection.MODERATE, notes[0])).isDeepEqualTo(new int[][] {notes[0]});
    }
}
