package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.exporter.graph.HalfFloat;
import dev.cadenza.exporter.graph.HalfFloatTest;
import dev.cadenza.exporter.graph.Matrix;
import dev.cadenza.exporter.graph.WeightFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightFormatTest {
    @Test
    void halfFloatsAreComputedWithInSinglePrecision() throws Exception {
        PerformerWeights weights = RandomPerformers.weights(32, 16, 1);
        PerformerCall call = RandomPerformers.piece(new Random(2), 20, 2, 32);
        try (PerformerRunner half = PerformerGraphTest.open(weights, WeightFormat.FP16);
                PerformerRunner rounded = PerformerGraphTest.open(rounded(weights))) {
            PerformerAnswer actual = half.run(call);
            PerformerAnswer expected = rounded.run(call);
            assertThat(actual.logits()).isEqualTo(expected.logits());
            assertThat(actual.logp()).isEqualTo(expected.logp());
            assertThat(actual.c()).isEqualTo(expected.c());
        }
    }

    private static PerformerWeights rounded(PerformerWeights weights) {
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        weights.matrices()
                .forEach((name, matrix) ->
                        matrices.put(name, new Matrix(matrix.rows(), matrix.columns(), rounded(matrix.values()))));
        return new PerformerWeights(
                weights.hidden(),
                weights.units(),
                rounded(weights.input()),
                rounded(weights.recurrent()),
                rounded(weights.bias()),
                matrices);
    }

    private static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = HalfFloatTest.value(HalfFloat.bits(values[i]) & 0xffff);
        }
        return rounded;
    }

    @Test
    void wholeNumbersSayAboutTheSame() throws Exception {
        int hidden = 64;
        PerformerWeights weights = RandomPerformers.weights(hidden, 64, 3);
        PerformerCall call = RandomPerformers.piece(new Random(4), 60, 1, hidden);
        try (PerformerRunner exact = PerformerGraphTest.open(weights);
                PerformerRunner quantized = PerformerGraphTest.open(weights, WeightFormat.INT8)) {
            PerformerAnswer expected = exact.run(call);
            PerformerAnswer actual = quantized.run(call);
            assertThat(actual.next()).isEqualTo(expected.next());
            assertThat(actual.keys()).isEqualTo(expected.keys());
            double squares = 0;
            for (int i = 0; i < actual.logp().length; i++) {
                squares += Math.pow((double) actual.logp()[i] - expected.logp()[i], 2);
            }
            assertThat(Math.sqrt(squares / actual.logp().length)).isCloseTo(0, within(0.1));
            // The same step again has the same bits.
            assertThat(quantized.run(call).logits()).isEqualTo(actual.logits());
        }
    }

    @Test
    void smallerFilesForFewerBits() {
        PerformerWeights weights = RandomPerformers.weights(64, 64, 3);
        int full = size(weights, WeightFormat.FP32);
        assertThat(size(weights, WeightFormat.FP16)).isLessThan(full * 6 / 10);
        assertThat(size(weights, WeightFormat.INT8)).isLessThan(full * 4 / 10);
    }

    private static int size(PerformerWeights weights, WeightFormat format) {
        return PerformerGraph.write(
                        weights,
                        PerformerExport.signature(weights),
                        format,
                        dev.cadenza.notematrix.PerformerEncoding.STANDARD,
                        "test",
                        Map.of())
                .length;
    }
}
