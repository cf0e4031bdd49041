package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.HandmadeCorpus;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.corpus.Split;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PerformedRollsTest {
    private static final int MILLIS = 250;

    /** The only training roll of notes at 1000 ticks per second. */
    private static PianoRoll roll(int[]... notes) {
        EncodedCorpus corpus = new HandmadeCorpus().piece(Split.TRAIN, notes).at(1000);
        return PerformedRolls.of(corpus, MILLIS).rolls(Split.TRAIN).get(0);
    }

    @Test
    void onsetsAndDurationsAreRoundedToSteps() {
        PianoRoll roll = roll(
                // At 0, two steps.
                new int[] {700, 60, 64, 500},
                // At 120 ms, step 0; 100 ms are at least one step.
                new int[] {120, 64, 64, 100},
                // At 130 ms, step 1; 400 ms are 1.6 steps.
                new int[] {10, 67, 64, 400},
                // At 620 ms, step 2.
                new int[] {490, 108, 64, 250});

        assertThat(roll).isEqualTo(DrawnRolls.of(new int[] {39, 43}, new int[] {39, 46}, new int[] {46, 87}));
    }

    @Test
    void aPieceBeginsWithItsFirstNote() {
        assertThat(roll(new int[] {90_000, 21, 64, 250})).isEqualTo(DrawnRolls.of(new int[] {0}));
    }

    @Test
    void notesOffThePianoTakeTimeAndAreSilent() {
        PianoRoll roll = roll(new int[] {0, 20, 64, 250}, new int[] {250, 60, 64, 250}, new int[] {0, 109, 64, 750});

        assertThat(roll).isEqualTo(DrawnRolls.of(new int[] {}, new int[] {39}, new int[] {}, new int[] {}));
    }

    @Test
    void theGridOfTheCorpusDoesNotMatter() {
        EncodedCorpus coarse = new HandmadeCorpus()
                .piece(Split.TRAIN, new int[] {0, 60, 64, 20}, new int[] {30, 62, 64, 10})
                .at(40);

        assertThat(PerformedRolls.of(coarse, MILLIS).rolls(Split.TRAIN))
                .containsExactly(roll(new int[] {0, 60, 64, 500}, new int[] {750, 62, 64, 250}));
    }

    @Test
    void heldOutPiecesAreCutAndTrainingPiecesAreNot() {
        int[] first = {0, 60, 64, 250};
        int[] last = {PerformedRolls.MEASURED_STEPS * MILLIS, 62, 64, 250};
        EncodedCorpus corpus = new HandmadeCorpus()
                .piece(Split.VALIDATION, first, last)
                .piece(Split.TRAIN, first, last)
                .piece(Split.TEST, first, last)
                .piece(Split.TEST, first)
                .at(1000);
        RollCorpus rolls = PerformedRolls.of(corpus, MILLIS);
        PianoRoll whole = rolls.rolls(Split.TRAIN).get(0);

        assertThat(whole.steps()).isEqualTo(257);
        assertThat(rolls.rolls(Split.VALIDATION)).containsExactly(whole.slice(0, 256));
        assertThat(rolls.rolls(Split.TEST)).containsExactly(whole.slice(0, 256), whole.slice(0, 1));
        assertThat(rolls.steps(Split.TEST)).isEqualTo(257);
        assertThat(rolls.name()).isEqualTo(HandmadeCorpus.NAME);
        assertThat(rolls.sha256()).isEqualTo(HandmadeCorpus.SHA_256);
    }

    @Test
    void notesAreReadBackFromTheRoll() {
        EncodedCorpus corpus = new HandmadeCorpus()
                .piece(
                        Split.TRAIN,
                        // Step 0, two steps, after a silence that is not in the roll.
                        new int[] {700, 64, 90, 500},
                        // At 120 ms, step 0: by pitch it comes first.
                        new int[] {120, 60, 80, 100},
                        // At 480 ms, step 2, where the first has just ended: it goes on.
                        new int[] {360, 64, 70, 250},
                        // At 1000 ms, step 4, with one that no piano has.
                        new int[] {520, 60, 60, 300},
                        new int[] {0, 109, 60, 300})
                .piece(Split.TEST, new int[] {0, 20, 64, 100})
                .at(1000);
        EncodedCorpus heard = PerformedRolls.asNotes(corpus, MILLIS);

        assertThat(heard.pieces()).hasSize(1);
        assertThat(HandmadeCorpus.notes(heard, heard.pieces().get(0)))
                .isDeepEqualTo(new int[][] {{0, 60, 64, 250}, {0, 64, 64, 750}, {1000, 60, 64, 250}});
        assertThat(PerformedRolls.of(heard, MILLIS).rolls(Split.TRAIN))
                .containsExactlyElementsOf(PerformedRolls.of(corpus, MILLIS).rolls(Split.TRAIN));
    }

    @Test
    void stepsGoToTheNearestTick() {
        EncodedCorpus corpus = new HandmadeCorpus()
                .piece(Split.TRAIN, new int[] {0, 60, 64, 10}, new int[] {13, 62, 64, 12}, new int[] {12, 64, 64, 1})
                .at(100);
        EncodedCorpus heard = PerformedRolls.asNotes(corpus, 125);

        assertThat(HandmadeCorpus.notes(heard, heard.pieces().get(0)))
                .isDeepEqualTo(new int[][] {{0, 60, 64, 13}, {13, 62, 64, 12}, {12, 64, 64, 13}});
    }

    @Test
    void everyPieceOfACorpusIsARoll(@TempDir Path temporary) throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 10, 30);
        EncodedCorpus corpus =
                EncodedCorpus.encode(data, Corpus.open(data), 1000, temporary.resolve("cache"), done -> {});
        RollCorpus rolls = PerformedRolls.of(corpus, MILLIS);

        assertThat(rolls.rolls(Split.TRAIN)).hasSize(6);
        assertThat(rolls.rolls(Split.VALIDATION)).hasSize(2);
        assertThat(rolls.rolls(Split.TEST)).hasSize(2);
        for (Split split : Split.values()) {
            for (PianoRoll roll : rolls.rolls(split)) {
                assertThat(roll.sounding(0)).isPositive();
                assertThat(roll.sounding(roll.steps() - 1)).isPositive();
                assertThat(roll.lowestKey()).isBetween(15, roll.highestKey());
            }
        }
    }
}
