package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecallTest {
    private static final int[] THEME = {60, 64, 67, 72, 71, 69, 65, 62};

    private final Recall recall = new Recall(PerformerEncoding.STANDARD);

    private void play(int... pitches) {
        for (int pitch : pitches) {
            recall.strike(pitch, pitch, pitch - 20, 2 * pitch);
        }
    }

    private static int[] written(Recall recall) {
        int[] written = new int[Recall.WIDTH];
        recall.write(written, 0);
        return written;
    }

    private int[] note(int place) {
        int from = 1 + place * Recall.PER_NOTE;
        return Arrays.copyOfRange(written(recall), from, from + Recall.PER_NOTE);
    }

    private static int[] nothing() {
        int[] nothing = new int[Recall.WIDTH];
        Recall.writeNothing(nothing, 0);
        return nothing;
    }

    @Test
    void whatNeverWasIsNotRecalled() {
        assertThat(written(recall)).isEqualTo(nothing());
        play(THEME);
        assertThat(written(recall)).isEqualTo(nothing());
        assertThat(nothing()).startsWith(0, -1).endsWith(-1);
    }

    @Test
    void aThemeThatComesBackSaysHowItWentOn() {
        play(THEME);
        play(60, 64);
        assertThat(written(recall)).isEqualTo(nothing());
        play(67);
        assertThat(written(recall)[0]).isEqualTo(30);
        assertThat(note(0)).containsExactly(72, 72, 52, 144);
        assertThat(note(1)).containsExactly(71, 71, 51, 142);
        assertThat(note(3)).containsExactly(65, 65, 45, 130);
        // The note before the first that followed is the last one; these are the two before it.
        assertThat(note(4)).containsExactly(64, 64, 44, 128);
        assertThat(note(5)).containsExactly(60, 60, 40, 120);
        play(72);
        assertThat(written(recall)[0]).isEqualTo(40);
        assertThat(note(0)).containsExactly(71, 71, 51, 142);
    }

    @Test
    void anOrnamentDoesNotLoseThePlace() {
        play(THEME);
        play(60, 64, 67, 72, 100, 71);
        assertThat(written(recall)[0]).isEqualTo(5 * 10 - 16);
        assertThat(note(0)).containsExactly(69, 69, 49, 138);
    }

    @Test
    void ofEqualPassagesTheLatestCounts() {
        play(60, 64, 67, 80);
        play(60, 64, 67, 90);
        play(60, 64, 67);
        assertThat(note(0)[1]).isEqualTo(90);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        play(THEME);
        play(60, 64, 67);
        Recall copy = recall.copy();
        int[] before = written(copy);
        play(72, 71);
        assertThat(written(copy)).isEqualTo(before);
        copy.clear();
        assertThat(written(copy)).isEqualTo(nothing());
        assertThat(written(recall)[0]).isEqualTo(50);
    }

    @Test
    void timesAreNoLongerThanTheEncodings() {
        for (int round = 0; round < 2; round++) {
            for (int pitch : THEME) {
                recall.strike(Integer.MAX_VALUE, pitch, 64, Integer.MAX_VALUE);
            }
        }
        // After the theme comes the theme.
        assertThat(note(0)).containsExactly(5000, 60, 64, 2000);
    }

    /** The whole table of the alignment, as the paper has it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void alignsAsTheWholeTableDoes(long seed) {
        Random random = new Random(seed);
        int[] pitches = random.ints(400, 60, 64).toArray();
        int[][] scores = new int[pitches.length][pitches.length];
        for (int now = 0; now < pitches.length; now++) {
            play(pitches[now]);
            int best = 0;
            int where = -1;
            for (int then = 0; then < now; then++) {
                int corner = now > 0 && then > 0 ? scores[now - 1][then - 1] : 0;
                int above = now > 0 && then < now - 1 ? scores[now - 1][then] : 0;
                int left = then > 0 ? scores[now][then - 1] : 0;
                int score = corner + (pitches[then] == pitches[now] ? 10 : -30);
                score = Math.max(score, Math.max(above, left) - 16);
                scores[now][then] = Math.min(Recall.BEST, Math.max(0, score));
                if (scores[now][then] >= best) {
                    best = scores[now][then];
                    where = then;
                }
            }
            if (best < Recall.LEAST) {
                assertThat(written(recall)).isEqualTo(nothing());
            } else {
                assertThat(written(recall)[0]).isEqualTo(best);
                assertThat(note(0)[1]).isEqualTo(where + 1 < now + 1 ? pitches[where + 1] : -1);
            }
        }
    }

    @Test
    void longPiecesAreForgottenFromTheirBeginning() {
        Random random = new Random(4);
        int[] first = random.ints(500, 21, 109).toArray();
        int[] second = random.ints(Recall.REMEMBERED, 21, 109).toArray();
        play(first);
        play(second);
        play(Arrays.copyOf(first, 300));
        assertThat(written(recall)[0]).isLessThan(100);
        play(Arrays.copyOfRange(second, 3000, 3400));
        assertThat(written(recall)[0]).isEqualTo(Recall.BEST);
        assertThat(note(0)[1]).isEqualTo(second[3400]);
    }
}
