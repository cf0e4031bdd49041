package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.reference.PerformerSampler;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph's choices compared with runtime's sampler, from the graph's own logits and the same random numbers. */
class RuntimeSamplerTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final PerformerChoices CHOICES = new PerformerChoices(ENCODING);
    private static final int HIDDEN = 16;
    private static final int ATTRIBUTES = 4;

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void choosesWhatTheGraphChooses(long seed) throws Exception {
        int rows = 48;
        PerformerCall call = RandomPerformers.middle(new Random(seed), rows, HIDDEN);
        Random random = new Random(seed);
        for (int i = 0; i < call.forced().length; i++) {
            call.forced()[i] = random.nextInt(8) == 0 ? new int[] {30, 64, 99, 333}[i % ATTRIBUTES] : -1;
        }
        PerformerSampler sampler = new PerformerSampler(ENCODING);
        StepInput input = input(call);
        int same = 0;
        try (PerformerRunner graph = PerformerGraphTest.open(RandomPerformers.weights(HIDDEN, 8, seed))) {
            PerformerAnswer answer = graph.run(call);
            for (int row = 0; row < rows; row++) {
                KeyState keys = new KeyState(ENCODING);
                keys.read(call.keys(), row * PerformerCall.KEYS, call.ends(), row * KeyState.LAST_ENDS);
                int[] expected = Arrays.copyOfRange(answer.next(), row * ATTRIBUTES, (row + 1) * ATTRIBUTES);
                int[] chosen = sampler.choose(new GraphHeads(answer, row), keys, input, 0, row);
                same += Arrays.equals(chosen, expected) ? 1 : 0;
                // The sampler's masks are the graph's: what it is given without them is chosen no less.
                assertThat(sampler.choose(new Unmasked(new GraphHeads(answer, row)), keys, input, 0, row))
                        .isEqualTo(chosen);
            }
        }
        // Rounding decides where two choices are equally good or one lies at the edge of top-p or min-p.
        assertThat(same).isGreaterThanOrEqualTo(rows - 1);
    }

    private static StepInput input(PerformerCall call) {
        return new StepInput(
                call.steps(),
                call.rows(),
                call.note(),
                call.forced(),
                call.noise(),
                call.uniform(),
                call.controls(),
                call.bias(),
                call.temperature(),
                call.topP(),
                call.minP(),
                new long[call.rows()]);
    }

    /** What the graph's heads said, given what they chose themselves. */
    private record GraphHeads(PerformerAnswer answer, int row) implements PerformerSampler.Heads {
        private float[] part(int from, int to) {
            int at = row * PerformerCall.LOGITS;
            return Arrays.copyOfRange(answer.logits(), at + from, at + to);
        }

        @Override
        public float[] interval() {
            return part(CHOICES.intervals(), CHOICES.keys());
        }

        @Override
        public float[] pitch(int interval) {
            return part(CHOICES.keys(), CHOICES.velocities());
        }

        @Override
        public float[] velocity(int interval, int pitch) {
            return part(CHOICES.velocities(), CHOICES.durations());
        }

        @Override
        public float[] duration(int interval, int pitch, int velocity) {
            return part(CHOICES.durations(), CHOICES.count());
        }
    }

    /** The same, with what is masked as likely as can be. */
    private record Unmasked(GraphHeads heads) implements PerformerSampler.Heads {
        private static float[] open(float[] logits) {
            for (int i = 0; i < logits.length; i++) {
                logits[i] = logits[i] == -1e9f ? 1e3f : logits[i];
            }
            return logits;
        }

        @Override
        public float[] interval() {
            return open(heads.interval());
        }

        @Override
        public float[] pitch(int interval) {
            return open(heads.pitch(interval));
        }

        @Override
        public float[] velocity(int interval, int pitch) {
            return open(heads.velocity(interval, pitch));
        }

        @Override
        public float[] duration(int interval, int pitch, int velocity) {
            return open(heads.duration(interval, pitch, velocity));
        }
    }
}
