package dev.cadenza.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.HandmadeCorpus;
import dev.cadenza.trainer.corpus.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoteNoiseTest {
    private static final int NOTES = 4000;
    private static final int TICKS = 1000;
    private static final int LOWEST = 40;
    private static final int HIGHEST = 79;

    /** A training piece with a second between onsets, and a validation piece of chords. */
    private final EncodedCorpus corpus = new HandmadeCorpus()
            .piece(Split.TRAIN, notes(NOTES, 1000))
            .piece(Split.VALIDATION, notes(500, 0))
            .at(TICKS);

    private static int[][] notes(int count, int interval) {
        Random random = new Random(count);
        int[][] notes = new int[count][];
        for (int note = 0; note < count; note++) {
            int pitch = LOWEST + random.nextInt(HIGHEST + 1 - LOWEST);
            notes[note] = new int[] {interval, pitch, 1 + random.nextInt(127), 1 + random.nextInt(2000)};
        }
        return notes;
    }

    private static int[][] all(EncodedCorpus corpus, int piece) {
        return HandmadeCorpus.notes(corpus, corpus.pieces().get(piece));
    }

    private static long[] onsets(int[][] notes) {
        long[] onsets = new long[notes.length];
        long onset = 0;
        for (int note = 0; note < notes.length; note++) {
            onset += notes[note][0];
            onsets[note] = onset;
        }
        return onsets;
    }

    /** A note without its interval, which depends on its neighbours. */
    private static List<List<Integer>> withoutIntervals(int[][] notes) {
        List<List<Integer>> list = new ArrayList<>();
        for (int[] note : notes) {
            list.add(List.of(note[1], note[2], note[3]));
        }
        return list;
    }

    @Test
    void noNoiseLeavesTheCorpusItself() {
        assertThat(NoteNoise.NONE.on(corpus, 1)).isSameAs(corpus);
        assertThat(new NoteNoise(0, 0, 0, 0).on(corpus, 2)).isSameAs(corpus);
    }

    @Test
    void dropsAboutTheShareOfNotesAndKeepsTheOthersWhereTheyWere() {
        EncodedCorpus noisy = new NoteNoise(0, 0, 0.2, 0).on(corpus, 1);
        int[][] kept = all(noisy, 0);

        assertThat(kept.length / (double) NOTES).isCloseTo(0.8, within(0.03));
        assertThat(withoutIntervals(all(corpus, 0))).containsSubsequence(withoutIntervals(kept));
        long[] onsets = onsets(kept);
        int[][] original = all(corpus, 0);
        for (int note = 0; note < kept.length; note++) {
            int[] before = original[(int) (onsets[note] / 1000) - 1];
            assertThat(onsets[note] % 1000).isZero();
            assertThat(kept[note][1]).isEqualTo(before[1]);
            assertThat(kept[note][2]).isEqualTo(before[2]);
        }
    }

    @Test
    void addsAboutTheShareOfNotesWithinThePiecesTimeAndPitches() {
        EncodedCorpus noisy = new NoteNoise(0, 0, 0, 0.3).on(corpus, 1);
        int[][] heard = all(noisy, 0);
        List<List<Integer>> added = new ArrayList<>(withoutIntervals(heard));
        withoutIntervals(all(corpus, 0)).forEach(added::remove);

        assertThat((heard.length - NOTES) / (double) NOTES).isCloseTo(0.3, within(0.03));
        assertThat(added).hasSize(heard.length - NOTES);
        assertThat(added).allMatch(note -> note.get(0) >= LOWEST && note.get(0) <= HIGHEST);
        assertThat(added.stream().map(note -> note.get(0)).distinct().count()).isEqualTo(HIGHEST + 1 - LOWEST);
        long[] onsets = onsets(heard);
        assertThat(onsets[heard.length - 1]).isEqualTo(1000L * NOTES);
        int firstHalf = 0;
        while (onsets[firstHalf] <= 500L * NOTES) {
            firstHalf++;
        }
        assertThat(firstHalf / (double) heard.length).isCloseTo(0.5, within(0.02));
    }

    @Test
    void shiftsOnsetsByTheDeviationAndNothingElse() {
        EncodedCorpus noisy = new NoteNoise(0.05, 0, 0, 0).on(corpus, 1);
        long[] before = onsets(all(corpus, 0));
        long[] after = onsets(all(noisy, 0));
        double sum = 0;
        double squares = 0;
        for (int note = 0; note < NOTES; note++) {
            double shift = after[note] - before[note];
            sum += shift;
            squares += shift * shift;
        }

        // Deviations of 50 ms leave notes per second apart in their order.
        assertThat(withoutIntervals(all(noisy, 0))).isEqualTo(withoutIntervals(all(corpus, 0)));
        assertThat(sum / NOTES).isCloseTo(0, within(4.0));
        assertThat(Math.sqrt(squares / NOTES)).isCloseTo(50, within(3.0));
    }

    @Test
    void changesVelocitiesByTheDeviationAndKeepsThemMidis() {
        EncodedCorpus noisy = new NoteNoise(0, 10, 0, 0).on(corpus, 1);
        int[][] before = all(corpus, 0);
        int[][] after = all(noisy, 0);
        double squares = 0;
        int middle = 0;
        for (int note = 0; note < NOTES; note++) {
            assertThat(after[note]).hasSameSizeAs(before[note]);
            for (int column : new int[] {0, 1, 3}) {
                assertThat(after[note][column]).isEqualTo(before[note][column]);
            }
            assertThat(after[note][2]).isBetween(1, 127);
            if (Math.abs(before[note][2] - 64) < 15) {
                squares += Math.pow(after[note][2] - before[note][2], 2);
                middle++;
            }
        }

        assertThat(Math.sqrt(squares / middle)).isCloseTo(10, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 200, 0.3, 0.5", "5, 0, 0, 0", "0, 1000, 0, 0.9"})
    void muchNoiseStillLeavesNotesInOrder(double jitter, double velocity, double dropped, double added) {
        EncodedCorpus noisy = new NoteNoise(jitter, velocity, dropped, added).on(corpus, 1);

        assertThat(noisy.pieces()).hasSize(2);
        for (EncodedPiece piece : noisy.pieces()) {
            int[][] notes = HandmadeCorpus.notes(noisy, piece);
            assertThat(List.of(notes)).allSatisfy(note -> {
                assertThat(note[0]).isNotNegative();
                assertThat(note[1]).isBetween(LOWEST, HIGHEST);
                assertThat(note[2]).isBetween(1, 127);
                assertThat(note[3]).isPositive();
            });
        }
    }

    @Test
    void aSeedGivesTheSameNoiseAgain() {
        NoteNoise noise = new NoteNoise(0.1, 12, 0.1, 0.1);
        EncodedCorpus noisy = noise.on(corpus, 1);
        EncodedCorpus again = noise.on(corpus, 1);
        EncodedCorpus other = noise.on(corpus, 2);

        assertThat(again.pieces()).isEqualTo(noisy.pieces());
        for (int piece = 0; piece < 2; piece++) {
            assertThat(all(again, piece)).isDeepEqualTo(all(noisy, piece));
            assertThat(withoutIntervals(all(other, piece))).isNotEqualTo(withoutIntervals(all(noisy, piece)));
        }
    }

    @Test
    void theNoiseOfAPieceDoesNotDependOnTheOthers() {
        NoteNoise noise = new NoteNoise(0.1, 12, 0.1, 0.1);
        EncodedCorpus alone = noise.on(corpus.only(piece -> piece.split() == Split.VALIDATION), 1);

        assertThat(all(alone, 0)).isDeepEqualTo(all(noise.on(corpus, 1), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0",
        "0, -1, 0, 0",
        "0, 0, -0.1, 0",
        "0, 0, 1, 0",
        "0, 0, 0, -0.1",
        "0, 0, 0, 1.1",
        "0, 0, NaN, 0"
    })
    void refusesWhatIsNoNoise(double jitter, double velocity, double dropped, double added) {
        assertThatThrownBy(() -> new NoteNoise(jitter, velocity, dropped, added))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jitter " + jitter)
                .hasMessageContaining("dropped " + dropped);
    }
}
