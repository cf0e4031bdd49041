package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a piano cannot do is never played, whatever the settings. */
class PerformerRulesTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final int HIDDEN = 16;
    private static final int PITCHES = 124;
    private static final float FORBIDDEN = -1e9f;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void longRunsStayPlayable(long seed) throws Exception {
        int rows = 24;
        Random random = new Random(seed);
        PerformerCall settings = RandomPerformers.middle(random, rows, HIDDEN);
        // Chords and long notes until there is hardly a free key.
        float[] bias = settings.bias();
        for (int row = 0; row < rows; row++) {
            bias[row * PerformerCall.LOGITS] += row % 3 * 4;
            for (int duration = 0; duration < 124; duration++) {
                bias[row * PerformerCall.LOGITS + 244 + duration] += row % 4 * duration / 30f;
            }
        }
        PerformerCall call = PerformerCall.start(1, rows, HIDDEN)
                .with(settings.temperature(), settings.topP(), settings.minP(), bias);
        KeyState[] states = new KeyState[rows];
        Arrays.setAll(states, row -> new KeyState(ENCODING));
        int together = 0;
        try (PerformerRunner graph = PerformerGraphTest.open(RandomPerformers.weights(HIDDEN, 8, seed))) {
            for (int step = 0; step < 250; step++) {
                PerformerAnswer answer = graph.run(call.with(
                        RandomPerformers.gumbels(random, rows * PerformerCall.LOGITS),
                        RandomPerformers.uniforms(random, rows * 3)));
                for (int row = 0; row < rows; row++) {
                    int[] note = Arrays.copyOfRange(answer.next(), row * 4, row * 4 + 4);
                    requirePlayable(states[row], call.note()[row * 4 + 1], note);
                    together += step > 0 && note[0] == 0 ? 1 : 0;
                    states[row].strike(note[0], note[1] - PerformerEncoding.LOWEST_PITCH, note[2], note[3]);
                    requireSame(states[row], answer, row);
                }
                call = call.after(answer);
            }
        }
        assertThat(together).isPositive();
    }

    private static void requirePlayable(KeyState state, int lastPitch, int[] note) {
        assertThat(note[0]).isBetween(0, 5000);
        assertThat(note[1]).isBetween(21, 108);
        assertThat(note[2]).isBetween(1, 127);
        assertThat(note[3]).isBetween(1, 2000);
        boolean anyFree = IntStream.range(0, 88).anyMatch(key -> state.remaining(key, note[0]) == 0);
        assertThat(anyFree && state.remaining(note[1] - PerformerEncoding.LOWEST_PITCH, note[0]) > 0)
                .as("a key that sounds is struck")
                .isFalse();
        if (note[0] == 0) {
            assertThat(note[1]).isGreaterThan(lastPitch);
        }
    }

    private static void requireSame(KeyState state, PerformerAnswer answer, int row) {
        int[] keys = new int[PerformerCall.KEYS];
        int[] ends = new int[KeyState.LAST_ENDS];
        state.write(keys, 0, ends, 0);
        int first = row * keys.length;
        assertThat(Arrays.mismatch(answer.keys(), first, first + keys.length, keys, 0, keys.length))
                .isNegative();
        first = row * ends.length;
        assertThat(Arrays.mismatch(answer.ends(), first, first + ends.length, ends, 0, ends.length))
                .isNegative();
    }

    @Test
    void noChordAboveTheHighestKey() throws Exception {
        float[] bias = new float[PerformerCall.LOGITS];
        bias[0] = 1e6f;
        assertThat(play(new int[] {5, 108, 64, 10}, bias, 1)[0]).isPositive();
        assertThat(play(new int[] {5, 107, 64, 10}, bias, 1)).startsWith(0, 108);
    }

    @Test
    void noChordWhereTheHostForbidsEveryKeyAbove() throws Exception {
        float[] bias = new float[PerformerCall.LOGITS];
        bias[0] = 1e6f;
        Arrays.fill(bias, PITCHES + 50, PITCHES + 88, FORBIDDEN);
        assertThat(play(new int[] {5, 70, 64, 10}, bias, 1)[0]).isPositive();
        assertThat(play(new int[] {5, 69, 64, 10}, bias, 1)).startsWith(0, 70);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.5f, 1, 2})
    void whereEveryFreeKeyIsForbiddenAForbiddenOneIsPlayedNotASoundingOne(float temperature) throws Exception {
        float[] bias = new float[PerformerCall.LOGITS];
        Arrays.fill(bias, PITCHES, PITCHES + 88, FORBIDDEN);
        // The only key that the host allows sounds on.
        bias[PITCHES + 40] = 5;
        Arrays.fill(bias, 100, 124, FORBIDDEN);
        int[] next = play(new int[] {5, 61, 64, 2000}, bias, temperature);
        assertThat(next[0]).isLessThan(100);
        assertThat(next[1]).isNotEqualTo(61);
    }

    /** The note after this one, which still sounds. */
    private static int[] play(int[] note, float[] bias, float temperature) throws Exception {
        PerformerCall start = PerformerCall.start(1, 1, HIDDEN);
        Random random = new Random(3);
        try (PerformerRunner graph = PerformerGraphTest.open(RandomPerformers.weights(HIDDEN, 8, 5))) {
            PerformerAnswer first = graph.run(start.with(note));
            return graph.run(start.after(first)
                            .with(RandomPerformers.gumbels(random, PerformerCall.LOGITS), new float[3])
                            .with(new float[] {temperature}, start.topP(), start.minP(), bias))
                    .next();
        }
    }
}
