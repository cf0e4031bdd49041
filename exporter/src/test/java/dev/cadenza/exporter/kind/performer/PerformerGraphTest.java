package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.onnx.PerformerKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network within the graph, everything given, compared with the same network in plain Java. */
class PerformerGraphTest {
    @Test
    void onnxRuntimeSeesTheTensorsAndTheMetadata() throws Exception {
        try (PerformerRunner graph = open(RandomPerformers.weights(16, 8, 1))) {
            assertThat(graph.session().getInputInfo().keySet())
                    .containsExactlyElementsOf(
                            names(PerformerKind.signature(16, true).inputs()));
            assertThat(graph.session().getOutputInfo().keySet())
                    .containsExactlyElementsOf(
                            names(PerformerKind.signature(16, true).outputs()));
            for (TensorSpec output : PerformerKind.signature(16, true).outputs()) {
                NodeInfo node =
                        Objects.requireNonNull(graph.session().getOutputInfo().get(output.name()));
                TensorInfo info = (TensorInfo) node.getInfo();
                assertThat(info.getShape()).isEqualTo(output.dims());
            }
            assertThat(graph.session().getMetadata().getCustomMetadata())
                    .isEqualTo(Map.of("cadenza.kind", "performer"));
        }
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }

    @ParameterizedTest
    @CsvSource({"16,8,3,40,true", "512,256,2,12,true", "16,8,3,40,false"})
    void oneRunOfGivenNotesIsWhatPlainJavaComputes(int hidden, int units, int rows, int steps, boolean recalls)
            throws Exception {
        PerformerWeights weights = RandomPerformers.weights(hidden, units, 3, recalls);
        PerformerCall call = RandomPerformers.piece(new Random(5), steps, rows, hidden);
        try (PerformerRunner graph = open(weights)) {
            PerformerAnswer answer = graph.run(call);
            assertThat(answer.next()).isEqualTo(call.forced());
            for (int row = 0; row < rows; row++) {
                PerformerOracle oracle = new PerformerOracle(weights);
                for (int step = 0; step < steps; step++) {
                    assertSame(answer, call, step * rows + row, oracle);
                }
                assertClose(part(answer.h(), row, hidden), oracle.h());
                assertClose(part(answer.c(), row, hidden), oracle.c());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16,8", "512,256"})
    void stepByStepIsWhatOneRunIs(int hidden, int units) throws Exception {
        int rows = 3;
        int steps = 10;
        PerformerWeights weights = RandomPerformers.weights(hidden, units, 4);
        PerformerCall call = RandomPerformers.piece(new Random(6), steps, rows, hidden);
        try (PerformerRunner graph = open(weights)) {
            PerformerAnswer once = graph.run(call);
            float[] h = call.h();
            float[] c = call.c();
            for (int step = 0; step < steps; step++) {
                PerformerAnswer answer = graph.run(call.step(step, h, c));
                h = answer.h();
                c = answer.c();
                assertClose(answer.logits(), part(once.logits(), step, rows * PerformerCall.LOGITS));
                assertClose(answer.logp(), part(once.logp(), step, rows * 4));
                if (step + 1 < steps) {
                    // The state that comes out is the one that the host's encoder has.
                    assertThat(answer.keys())
                            .isEqualTo(call.step(step + 1, h, c).keys());
                    assertThat(answer.ends())
                            .isEqualTo(call.step(step + 1, h, c).ends());
                }
            }
            assertClose(h, once.h());
            assertClose(c, once.c());
        }
    }

    @Test
    void timesBeyondTheClassesCountAsTheLongest() throws Exception {
        PerformerCall call = PerformerCall.start(1, 2, 16);
        int[] longest = {5000, 60, 1, 2000, 5000, 60, 1, 2000};
        int[] longer = {70_000, 60, 1, 2001, 5001, 60, 1, 1 << 30};
        try (PerformerRunner graph = open(RandomPerformers.weights(16, 8, 1))) {
            PerformerAnswer expected = graph.run(call.with(longest));
            PerformerAnswer actual = graph.run(call.with(longer));
            assertThat(actual.next()).isEqualTo(longer);
            assertThat(actual.logp()).isEqualTo(expected.logp());
            assertThat(actual.keys()).isEqualTo(expected.keys());
            assertThat(actual.ends()).isEqualTo(expected.ends());
            assertThat(graph.run(call.after(actual)).logits())
                    .isEqualTo(graph.run(call.after(expected)).logits());
        }
    }

    @Test
    void whatCannotBePlayedIsAllButImpossible() throws Exception {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        state.strike(10, 39, 64, 100);
        PerformerCall call = PerformerCall.start(1, 1, 16);
        state.write(call.keys(), 0, call.ends(), 0);
        PerformerCall middle = new PerformerCall(
                1,
                1,
                new int[] {10, 60, 64, 100},
                call.forced(),
                call.keys(),
                call.ends(),
                call.controls(),
                call.h(),
                call.c(),
                call.noise(),
                call.uniform(),
                call.temperature(),
                call.topP(),
                call.minP(),
                call.bias(),
                call.recall());
        try (PerformerRunner graph = open(RandomPerformers.weights(16, 8, 1))) {
            assertThat(graph.run(middle.with(new int[] {99, 60, 64, 5})).logp()[1])
                    .isLessThan(-9e8f);
            assertThat(graph.run(middle.with(new int[] {100, 60, 64, 5})).logp()[1])
                    .isGreaterThan(-100);
            assertThat(graph.run(middle.with(new int[] {0, 59, 64, 5})).logp()[1])
                    .isLessThan(-9e8f);
            assertThat(graph.run(middle.with(new int[] {0, 61, 64, 5})).logp()[1])
                    .isGreaterThan(-100);
            assertThat(graph.run(middle.with(new int[] {1, 59, 64, 5})).logp()[1])
                    .isGreaterThan(-100);
        }
    }

    private static void assertSame(PerformerAnswer answer, PerformerCall call, int cell, PerformerOracle oracle) {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        state.read(call.keys(), cell * PerformerCall.KEYS, call.ends(), cell * KeyState.LAST_ENDS);
        PerformerOracle.Told told = oracle.step(
                Arrays.copyOfRange(call.note(), cell * 4, cell * 4 + 4),
                state,
                part(call.controls(), cell, PerformerControls.WIDTH),
                Arrays.copyOfRange(call.recall(), cell * Recall.WIDTH, (cell + 1) * Recall.WIDTH),
                Arrays.copyOfRange(call.forced(), cell * 4, cell * 4 + 4));
        float[] logits = part(answer.logits(), cell, PerformerCall.LOGITS);
        assertClose(Arrays.copyOfRange(logits, 0, 124), told.interval());
        assertClose(Arrays.copyOfRange(logits, 124, 212), told.pitch());
        assertClose(Arrays.copyOfRange(logits, 212, 244), told.velocity());
        assertClose(Arrays.copyOfRange(logits, 244, 372), told.duration());
        assertClose(part(answer.logp(), cell, 4), told.logp());
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("number " + i)
                    .isCloseTo(expected[i], within(1e-5 + 1e-5 * Math.abs(expected[i])));
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        double[] wide = new double[expected.length];
        Arrays.setAll(wide, i -> expected[i]);
        assertClose(actual, wide);
    }

    private static float[] part(float[] all, int at, int width) {
        return Arrays.copyOfRange(all, at * width, (at + 1) * width);
    }

    static PerformerRunner open(PerformerWeights weights) throws Exception {
        return open(weights, WeightFormat.FP32);
    }

    static PerformerRunner open(PerformerWeights weights, WeightFormat format) throws Exception {
        return new PerformerRunner(PerformerGraph.write(
                weights,
                PerformerExport.signature(weights),
                format,
                PerformerEncoding.STANDARD,
                "test",
                Map.of("cadenza.kind", "performer")));
    }
}
