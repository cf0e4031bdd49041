package dev.cadenza.engine;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model whose next note follows from all notes before and the noise, row by row; it writes down its runs: "12x3" are
 * 12 steps of 3 rows, "b5" is a batch of 5 rows.
 */
final class RecordingModel implements StepModel {
    private static final int NOISE = 3;

    final List<String> runs = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger openBatches = new AtomicInteger();
    /** Happens before every run. */
    volatile Runnable before = () -> {};

    @Override
    public ModelDescription description() {
        return new ModelDescription("recording", 1000, StepShape.regression(NOISE));
    }

    @Override
    public State start(int rows) {
        open.incrementAndGet();
        return new Memory(new int[rows], open);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        runs.add(input.steps() + "x" + input.rows());
        before.run();
        return answer(input, state);
    }

    private static StepOutput answer(StepInput input, State state) {
        int[] memory = ((Memory) state).memory();
        int cells = input.steps() * input.rows();
        int[] next = new int[cells * ATTRIBUTES];
        float[] logp = new float[cells];
        for (int cell = 0; cell < cells; cell++) {
            int row = cell % input.rows();
            for (int k = 0; k < ATTRIBUTES; k++) {
                memory[row] = 31 * memory[row] + input.note()[cell * ATTRIBUTES + k];
            }
            float noise = input.noise()[cell * NOISE] + input.noise()[cell * NOISE + 1];
            int[] sampled = {
                1 + Math.floorMod(memory[row], 200),
                21 + Math.floorMod(memory[row] + Math.round(9 * noise), 88),
                1 + Math.floorMod(memory[row] / 7, 127),
                100
            };
            for (int k = 0; k < ATTRIBUTES; k++) {
                int given = input.forced()[cell * ATTRIBUTES + k];
                next[cell * ATTRIBUTES + k] = given >= 0 ? given : sampled[k];
            }
            logp[cell] = -noise;
        }
        return new StepOutput(next, logp);
    }

    @Override
    public StepBatch batch(int rows) {
        openBatches.incrementAndGet();
        return new StepBatch() {
            @Override
            public int capacity() {
                return rows;
            }

            @Override
            public List<StepOutput> run(List<StepInput> inputs, List<State> states) {
                runs.add("b" + inputs.stream().mapToInt(StepInput::rows).sum());
                before.run();
                List<StepOutput> outputs = new ArrayList<>();
                for (int i = 0; i < inputs.size(); i++) {
                    outputs.add(answer(inputs.get(i), states.get(i)));
                }
                return outputs;
            }

            @Override
            public void close() {
                openBatches.decrementAndGet();
            }
        };
    }

    @Override
    public void close() {}

    @SuppressWarnings("ArrayRecordComponent") // Changed in place, never compared.
    private record Memory(int[] memory, AtomicInteger open) implements State {
        @Override
        public int rows() {
            return memory.length;
        }

        @Override
        public State spread(int rows) {
            int[] copies = new int[rows];
            Arrays.fill(copies, memory[0]);
            open.incrementAndGet();
            return new Memory(copies, open);
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
