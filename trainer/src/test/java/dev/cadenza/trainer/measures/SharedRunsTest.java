package dev.cadenza.trainer.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SharedRunsTest {
    private static Excerpt drawn(int notes, int pitches, Random random) {
        int[] rows = new int[notes * 4];
        for (int at = 0; at < rows.length; at += 4) {
            rows[at] = random.nextInt(2) * 30;
            rows[at + 1] = 50 + random.nextInt(pitches);
            rows[at + 2] = 64;
            rows[at + 3] = 10;
        }
        return new Excerpt(rows, 100);
    }

    /** By trying all pairs of places. */
    private static int slow(Excerpt excerpt, List<Excerpt> corpus) {
        int best = 0;
        for (Excerpt piece : corpus) {
            for (int a = 1; a < excerpt.notes(); a++) {
                for (int b = 1; b < piece.notes(); b++) {
                    int run = 0;
                    while (a + run < excerpt.notes()
                            && b + run < piece.notes()
                            && excerpt.interval(a + run) == piece.interval(b + run)
                            && excerpt.pitch(a + run) - excerpt.pitch(a + run - 1)
                                    == piece.pitch(b + run) - piece.pitch(b + run - 1)) {
                        run++;
                    }
                    best = Math.max(best, run);
                }
            }
        }
        return best == 0 ? 0 : best + 1;
    }

    @Test
    void agreesWithTryingAllPlaces() {
        Random random = new Random(8);
        for (int round = 0; round < 30; round++) {
            int pitches = 1 + random.nextInt(5);
            List<Excerpt> excerpts = new ArrayList<>();
            List<Excerpt> corpus = new ArrayList<>();
            SharedRuns runs = new SharedRuns();
            for (int i = 0; i < 4; i++) {
                Excerpt excerpt = drawn(2 + random.nextInt(40), pitches, random);
                excerpts.add(excerpt);
                runs.add(excerpt);
            }
            for (int i = 0; i < 3; i++) {
                Excerpt piece = drawn(1 + random.nextInt(60), pitches, random);
                corpus.add(piece);
                runs.read(piece);
            }
            int[] longest = runs.longest();
            for (int i = 0; i < excerpts.size(); i++) {
                assertThat(longest[i]).as("round %d, excerpt %d", round, i).isEqualTo(slow(excerpts.get(i), corpus));
            }
        }
    }

    @Test
    void findsACopyInAnotherKeyAndTempo() {
        Random random = new Random(1);
        Excerpt piece = drawn(500, 30, random);
        int[] copied = new int[60 * 4];
        for (int note = 0; note < 60; note++) {
            copied[note * 4] = piece.interval(200 + note) * 11 / 10;
            copied[note * 4 + 1] = piece.pitch(200 + note) + 5;
            copied[note * 4 + 2] = 30;
            copied[note * 4 + 3] = 99;
        }
        SharedRuns runs = new SharedRuns();
        runs.add(new Excerpt(copied, 100));
        runs.add(drawn(60, 30, random));
        runs.read(piece);
        assertThat(runs.longest()[0]).isEqualTo(60);
        assertThat(runs.longest()[1]).isLessThan(8);
    }
}
