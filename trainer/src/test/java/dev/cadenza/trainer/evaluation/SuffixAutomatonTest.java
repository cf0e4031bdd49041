package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SuffixAutomatonTest {
    private static int[] tokens(String text) {
        return text.chars().toArray();
    }

    /** The longest run by a table of all pairs of places. */
    private static int slow(int[] text, int[] read) {
        int best = 0;
        int[] before = new int[read.length + 1];
        for (int token : text) {
            int[] runs = new int[read.length + 1];
            for (int i = 0; i < read.length; i++) {
                runs[i + 1] = read[i] == token ? before[i] + 1 : 0;
                best = Math.max(best, runs[i + 1]);
            }
            before = runs;
        }
        return best;
    }

    @Test
    void runsOfWords() {
        SuffixAutomaton automaton = new SuffixAutomaton();
        automaton.add(tokens("abracadabra"));
        automaton.add(tokens("bracket"));
        automaton.add(tokens(""));
        automaton.add(tokens("xyz"));
        automaton.read(tokens("a bracelet"));
        automaton.read(tokens("cadaver"));

        // brac and cada, brac, nothing, nothing.
        assertThat(automaton.longest()).containsExactly(4, 4, 0, 0);
    }

    /** States by the hundred: the arrays are replaced by longer ones on the way. */
    @Test
    void longTextsAgreeWithTryingAllPlaces() {
        Random random = new Random(5);
        for (int round = 0; round < 100; round++) {
            int kinds = 2 + random.nextInt(3);
            int[][] texts = new int[4][];
            SuffixAutomaton automaton = new SuffixAutomaton();
            for (int i = 0; i < texts.length; i++) {
                texts[i] = random.ints(20 + random.nextInt(150), 0, kinds).toArray();
                automaton.add(texts[i]);
            }
            int[] read = random.ints(300, 0, kinds).toArray();
            automaton.read(read);

            assertThat(automaton.longest())
                    .as("round %d", round)
                    .containsExactly(Arrays.stream(texts)
                            .mapToInt(text -> slow(text, read))
                            .toArray());
        }
    }
}
