package dev.cadenza.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowwiseStepModelTest {
    /** Adds up all that a row is given; the state is the sum so far. */
    private static final class Summing implements StepModel {
        int mostRows;
        int open;

        private final class Sums implements State {
            private final float[] sums;

            Sums(int rows) {
                sums = new float[rows];
                open++;
            }

            @Override
            public int rows() {
                return sums.length;
            }

            @Override
            public State spread(int rows) {
                Sums copy = new Sums(rows);
                java.util.Arrays.fill(copy.sums, sums[0]);
                return copy;
            }

            @Override
            public void close() {
                open--;
            }
        }

        @Override
        public ModelDescription description() {
            return new ModelDescription(
                    "summing", 100, new StepShape(Noise.Distribution.GUMBEL, 5, 3, 7, 2, Optional.empty(), true));
        }

        @Override
        public State start(int rows) {
            return new Sums(rows);
        }

        @Override
        public StepOutput run(StepInput input, State state) {
            input.requireShape(description().shape());
            int rows = input.rows();
            mostRows = Math.max(mostRows, rows);
            float[] sums = ((Sums) state).sums;
            int[] next = new int[input.steps() * rows * ATTRIBUTES];
            float[] logp = new float[input.steps() * rows * 2];
            for (int cell = 0; cell < input.steps() * rows; cell++) {
                int row = cell % rows;
                float own = sum(input.noise(), cell, 5)
                        + 2 * sum(input.uniform(), cell, 3)
                        + 3 * sum(input.controls(), cell, 2)
                        + 4 * sum(input.bias(), row, 7)
                        + 5 * input.temperature()[row]
                        + 6 * input.topP()[row]
                        + 7 * input.minP()[row];
                for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
                    int at = cell * ATTRIBUTES + attribute;
                    next[at] = input.note()[at] + 1000 * input.forced()[at];
                }
                sums[row] += own;
                logp[cell * 2] = sums[row];
                logp[cell * 2 + 1] = own;
            }
            return new StepOutput(next, logp);
        }

        private static float sum(float[] values, int cell, int width) {
            float sum = 0;
            for (int i = 0; i < width; i++) {
                sum += values[cell * width + i] * (i + 1);
            }
            return sum;
        }

        @Override
        public void close() {}
    }

    private static StepInput random(StepShape shape, int steps, int rows, Random random) {
        StepInput input = StepInput.blank(shape, steps, rows);
        for (int i = 0; i < input.note().length; i++) {
            input.note()[i] = random.nextInt(100);
            input.forced()[i] = random.nextInt(100);
        }
        for (float[] values : new float[][] {
            input.noise(),
            input.uniform(),
            input.controls(),
            input.bias(),
            input.temperature(),
            input.topP(),
            input.minP()
        }) {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
        }
        return input;
    }

    @Test
    void everyRowRunsAloneAndComesBackInItsPlace() {
        Summing alone = new Summing();
        Summing together = new Summing();
        StepModel rowwise = new RowwiseStepModel(alone);
        Random random = new Random(1);
        try (StepModel.State one = rowwise.start(5);
                StepModel.State other = together.start(5)) {
            assertThat(one.rows()).isEqualTo(5);
            for (int steps : new int[] {1, 64, 3, 1}) {
                StepInput input = random(rowwise.description().shape(), steps, 5, random);
                StepOutput actual = rowwise.run(input, one);
                StepOutput expected = together.run(input, other);
                assertThat(actual.next()).isEqualTo(expected.next());
                assertThat(actual.logp()).isEqualTo(expected.logp());
            }
        }
        assertThat(alone.mostRows).isEqualTo(1);
        assertThat(alone.open).isZero();
        assertThat(rowwise.description().kind()).isEqualTo("summing");
    }

    @Test
    void aStateOfAnotherSizeOrModelIsRefused() {
        StepModel rowwise = new RowwiseStepModel(new Summing());
        StepInput input = StepInput.blank(rowwise.description().shape(), 1, 2);
        try (StepModel.State three = rowwise.start(3);
                StepModel.State foreign = new Summing().start(2)) {
            assertThatIllegalArgumentException().isThrownBy(() -> rowwise.run(input, three));
            assertThatIllegalArgumentException().isThrownBy(() -> rowwise.run(input, foreign));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> rowwise.start(0));
    }
}
