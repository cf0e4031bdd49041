package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.exporter.graph.WeightFormat;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row has the same bits in a batch of any size, with any neighbours. */
class PerformerBatchTest {
    private static final int ROWS = 64;

    @ParameterizedTest
    @CsvSource({"16,8,FP32", "512,256,FP32", "16,8,FP16", "512,256,FP16"})
    void oneStepOfFreePlaying(int hidden, int units, WeightFormat format) throws Exception {
        Random random = new Random(hidden);
        requireSameBits(RandomPerformers.middle(random, ROWS, hidden), units, format, random);
    }

    @ParameterizedTest
    @CsvSource({"16,8,7", "512,256,3"})
    void severalStepsOfGivenNotes(int hidden, int units, int steps) throws Exception {
        Random random = new Random(steps);
        requireSameBits(RandomPerformers.piece(random, steps, ROWS, hidden), units, WeightFormat.FP32, random);
    }

    private static void requireSameBits(PerformerCall all, int units, WeightFormat format, Random random)
            throws Exception {
        PerformerWeights weights = RandomPerformers.weights(all.h().length / ROWS, units, 2);
        try (PerformerRunner graph = PerformerGraphTest.open(weights, format)) {
            PerformerAnswer[] alone = new PerformerAnswer[ROWS];
            for (int row = 0; row < ROWS; row++) {
                alone[row] = graph.run(all.rows(row));
            }
            for (int size : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64}) {
                int[] which = random.ints(size, 0, ROWS).toArray();
                PerformerAnswer together = graph.run(all.rows(which));
                for (int row = 0; row < size; row++) {
                    PerformerAnswer own = alone[which[row]];
                    int steps = all.steps();
                    assertThat(row(together.next(), steps, size, row)).isEqualTo(own.next());
                    assertThat(row(bits(together.logp()), steps, size, row)).isEqualTo(bits(own.logp()));
                    assertThat(row(bits(together.logits()), steps, size, row)).isEqualTo(bits(own.logits()));
                    assertThat(row(together.keys(), steps, size, row)).isEqualTo(own.keys());
                    assertThat(row(together.ends(), steps, size, row)).isEqualTo(own.ends());
                    assertThat(row(bits(together.h()), 1, size, row)).isEqualTo(bits(own.h()));
                    assertThat(row(bits(together.c()), 1, size, row)).isEqualTo(bits(own.c()));
                }
            }
        }
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    /** One row of every step. */
    private static int[] row(int[] all, int steps, int rows, int row) {
        int width = all.length / steps / rows;
        int[] own = new int[steps * width];
        for (int step = 0; step < steps; step++) {
            System.arraycopy(all, (step * rows + row) * width, own, step * width, width);
        }
        return own;
    }

    /** A neighbour whose choices are cut makes the graph go another way. */
    @ParameterizedTest
    @CsvSource({"16,8", "512,256"})
    void aRowWithAllChoicesIsTheSameBesideOneWithout(int hidden, int units) throws Exception {
        PerformerCall call = RandomPerformers.middle(new Random(4), 2, hidden);
        PerformerCall both = call.with(new float[] {1, 1}, new float[] {1, 0.5f}, new float[2], call.bias());
        try (PerformerRunner graph = PerformerGraphTest.open(RandomPerformers.weights(hidden, units, 2))) {
            for (int draw = 0; draw < 200; draw++) {
                PerformerCall drawn =
                        both.with(RandomPerformers.gumbels(new Random(draw), 2 * PerformerCall.LOGITS), both.uniform());
                PerformerAnswer together = graph.run(drawn);
                PerformerAnswer alone = graph.run(drawn.rows(0));
                assertThat(row(together.next(), 1, 2, 0)).isEqualTo(alone.next());
                assertThat(row(bits(together.logits()), 1, 2, 0)).isEqualTo(bits(alone.logits()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16,8", "512,256"})
    void repeatedRunsAreTheSame(int hidden, int units) throws Exception {
        PerformerCall call = RandomPerformers.middle(new Random(1), 5, hidden);
        try (PerformerRunner graph = PerformerGraphTest.open(RandomPerformers.weights(hidden, units, 2))) {
            PerformerAnswer first = graph.run(call);
            for (int run = 0; run < 5; run++) {
                PerformerAnswer again = graph.run(call);
                assertThat(Arrays.equals(bits(again.logits()), bits(first.logits())))
                        .isTrue();
                assertThat(again.next()).isEqualTo(first.next());
            }
        }
    }
}
