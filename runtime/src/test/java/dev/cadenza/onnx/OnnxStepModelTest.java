package dev.cadenza.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cadenza.engine.StepEngine;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.model.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reused tensors give what fresh ones give. */
class OnnxStepModelTest {
    private static final int HIDDEN = TestModels.HIDDEN;
    private static final int ROWS = 3;

    private final GraphSession graph;
    private final StepModel model;

    OnnxStepModelTest() throws Exception {
        graph = GraphSession.open(TestModels.tiny().model());
        model = new OnnxStepModel(
                graph, PaperKind.signature(HIDDEN), new ModelDescription("paper", 1000, StepShape.regression(3)));
    }

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void whatAPieceGetsInABatchIsWhatItGetsAlone() {
        SplittableRandom random = new SplittableRandom(5);
        List<StepModel.State> alone = new ArrayList<>();
        List<StepModel.State> together = new ArrayList<>();
        for (int piece = 0; piece < 40; piece++) {
            int rows = 1 + piece % 3;
            alone.add(model.start(rows));
            together.add(model.start(rows));
        }
        try (StepBatch batch = model.batch(StepEngine.ROWS)) {
            assertThat(batch.capacity()).isEqualTo(64);
            for (int pieces : new int[] {1, 2, 32, 5, 32, 31, 1, 9, 32}) {
                // Whichever pieces join and leave, in any order of rows.
                List<Integer> order = IntStream.range(0, 40).boxed().collect(Collectors.toList());
                Collections.shuffle(order, new Random(pieces + random.nextInt()));
                List<StepInput> inputs = new ArrayList<>();
                List<StepModel.State> states = new ArrayList<>();
                List<StepOutput> expected = new ArrayList<>();
                for (int piece : order.subList(0, pieces)) {
                    int rows = alone.get(piece).rows();
                    int[] forced = ints(random, rows);
                    Arrays.fill(forced, StepModel.NONE);
                    StepInput input =
                            input(1, rows, ints(random, rows), forced, floats(random, 3 * rows), floats(random, rows));
                    inputs.add(input);
                    states.add(together.get(piece));
                    expected.add(model.run(input, alone.get(piece)));
                }
                List<StepOutput> answers = batch.run(inputs, states);
                for (int i = 0; i < pieces; i++) {
                    assertThat(answers.get(i).next()).isEqualTo(expected.get(i).next());
                    assertThat(answers.get(i).logp()).isEqualTo(expected.get(i).logp());
                }
            }
            StepInput two = StepInput.blank(model.description().shape(), 2, 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.run(List.of(two, two), together.subList(0, 2)))
                    .withMessageContaining("2 steps");
        }
        try (StepBatch small = model.batch(3)) {
            StepInput three = StepInput.blank(model.description().shape(), 1, 3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> small.run(List.of(three, three), List.of(together.get(2), together.get(5))))
                    .withMessageContaining("at most 3");
        }
        alone.forEach(StepModel.State::close);
        together.forEach(StepModel.State::close);
    }

    @Test
    void aSequenceOfRunsOfAnyLengthIsOneStory() {
        SplittableRandom random = new SplittableRandom(3);
        float[] h = new float[ROWS * HIDDEN];
        float[] c = new float[ROWS * HIDDEN];
        try (StepModel.State state = model.start(ROWS)) {
            assertThat(state.rows()).isEqualTo(ROWS);
            for (int steps : new int[] {5, 1, 1, 64, 1, 3, 3, 1}) {
                int cells = steps * ROWS;
                int[] note = ints(random, cells);
                int[] forced = ints(random, cells);
                for (int i = 0; i < forced.length; i += 3) {
                    forced[i] = StepModel.NONE;
                }
                float[] noise = floats(random, cells * 3);
                float[] temperature = {0, 1, 0.7f};
                StepOutput output = model.run(input(steps, ROWS, note, forced, noise, temperature), state);
                GraphOutputs expected = graph.run(new GraphInputs(steps, ROWS, note, forced, noise, temperature, h, c));
                assertThat(output.next()).isEqualTo(expected.next());
                assertThat(output.logp()).isEqualTo(expected.logp());
                h = expected.h();
                c = expected.c();
            }
        }
    }

    @Test
    void anOutputIsTheCallersToKeep() {
        try (StepModel.State state = model.start(1)) {
            int[] none = GraphInputs.nothingForced(1, 1);
            StepOutput first = model.run(input(1, 1, none, none, new float[3], new float[] {1}), state);
            int[] kept = first.next().clone();
            model.run(input(1, 1, first.next(), none, new float[] {3, 3, 3}, new float[] {2}), state);
            assertThat(first.next()).isEqualTo(kept);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (StepModel.State state = model.start(2)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run(65, 2, state))
                    .withMessage("steps (65) must be 1..64");
            assertThatIllegalArgumentException().isThrownBy(() -> run(0, 2, state));
            assertThatIllegalArgumentException().isThrownBy(() -> run(1, 3, state));
            assertThatIllegalArgumentException().isThrownBy(() -> model.start(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(input(1, 2, new int[7], new int[8], new float[6], new float[2]), state))
                    .withMessage("note (7 numbers) must have 8");
        }
    }

    private void run(int steps, int rows, StepModel.State state) {
        int[] note = new int[Math.max(0, steps) * rows * 4];
        model.run(input(steps, rows, note, note, new float[note.length / 4 * 3], new float[rows]), state);
    }

    private static StepInput input(int steps, int rows, int[] note, int[] forced, float[] noise, float[] temperature) {
        float[] none = {};
        return new StepInput(
                steps,
                rows,
                note,
                forced,
                noise,
                none,
                none,
                none,
                temperature,
                new float[rows],
                new float[rows],
                new long[rows]);
    }

    private static int[] ints(SplittableRandom random, int cells) {
        int[] values = new int[cells * 4];
        Arrays.setAll(values, i -> random.nextInt(i % 4 == 0 ? 1200 : 127));
        return values;
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }
}
