package dev.cadenza.exporter.kind.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.generation.reference.PaperSampler;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.onnx.GraphInputs;
import dev.cadenza.onnx.GraphOutputs;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.PaperKind;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperGraphTest {
    private static final PaperEncoding ENCODING = TestNetworks.encoding();

    @Test
    void onnxRuntimeSeesTheTensorsAndTheMetadata() throws Exception {
        try (GraphSession graph = open(7, ENCODING)) {
            assertThat(graph.inputs()).isEqualTo(PaperKind.signature(7).inputs());
            assertThat(graph.outputs()).isEqualTo(PaperKind.signature(7).outputs());
            assertThat(graph.metadata()).isEqualTo(Map.of("cadenza.kind", "paper"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void choosesWhatThePlainJavaSamplerChooses(long seed) throws Exception {
        int rows = 5;
        int steps = 6;
        SplittableRandom random = new SplittableRandom(seed);
        GraphInputs in = random(random, steps, rows, 7, 0.4);
        PaperSampler sampler = new PaperSampler(ENCODING);
        try (GraphSession graph = open(7, ENCODING)) {
            GraphOutputs out = graph.run(in);
            for (int cell = 0; cell < steps * rows; cell++) {
                float[] mean = Arrays.copyOfRange(out.mean(), cell * 3, cell * 3 + 3);
                float[] noise = Arrays.copyOfRange(in.noise(), cell * 3, cell * 3 + 3);
                int[] forced = Arrays.copyOfRange(in.forced(), cell * 4, cell * 4 + 4);
                int[] next = Arrays.copyOfRange(out.next(), cell * 4, cell * 4 + 4);
                assertThat(next).isEqualTo(sampler.choose(mean, noise, in.temperature()[cell % rows], forced));
                double[] logp = sampler.logp(mean, next);
                for (int column = 0; column < 3; column++) {
                    assertThat((double) out.logp()[cell * 3 + column])
                            .isCloseTo(logp[column], within(1e-4 + 1e-5 * Math.abs(logp[column])));
                }
            }
        }
    }

    @Test
    void temperatureZeroIsTheMeanWhateverTheNoise() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        GraphInputs in = random(random, 3, 2, 7, 0);
        GraphInputs cold = withTemperature(in, 0);
        GraphInputs otherNoise = withTemperature(random(random, 3, 2, 7, 0), 0);
        GraphInputs quiet = new GraphInputs(
                3, 2, cold.note(), cold.forced(), otherNoise.noise(), cold.temperature(), cold.h(), cold.c());
        try (GraphSession graph = open(7, ENCODING)) {
            int[] next = graph.run(cold).next();
            assertThat(graph.run(quiet).next()).isEqualTo(next);
            assertThat(graph.run(withTemperature(in, 1)).next()).isNotEqualTo(next);
        }
    }

    @Test
    void noiseOfOneStandardDeviationMovesANoteByTheDeviation() throws Exception {
        GraphInputs still = GraphInputs.fromStart(1, 1, none(1), none(1), 7);
        GraphInputs moved = new GraphInputs(
                1, 1, none(1), none(1), new float[] {1, 1, 1}, new float[] {0.5f}, still.h(), still.c());
        try (GraphSession graph = open(7, ENCODING)) {
            float[] mean = graph.run(still).mean();
            int[] next = graph.run(moved).next();
            assertThat(next[0]).isEqualTo(expected(mean[0], 0.12f, 1000, 0, 1000));
            assertThat(next[1]).isEqualTo(expected(mean[1], 0.09f, 127, 21, 108));
            assertThat(next[2]).isEqualTo(expected(mean[2], 0.11f, 127, 1, 127));
        }
    }

    private static int expected(float mean, float deviation, int scale, int lowest, int highest) {
        double ticks = Math.rint(Math.min(Math.max(mean + 0.5 * deviation, 0), 1) * scale);
        return (int) Math.min(Math.max(ticks, lowest), highest);
    }

    @Test
    void theStartOfAPieceIsARowOfZeros() throws Exception {
        // Interval 0 and the pitch and velocity 0, which no note has.
        GraphInputs zeros = GraphInputs.fromStart(1, 1, new int[4], none(1), 7);
        GraphInputs start = GraphInputs.fromStart(1, 1, none(1), none(1), 7);
        try (GraphSession graph = open(7, ENCODING)) {
            assertThat(graph.run(start).h()).isEqualTo(graph.run(zeros).h());
        }
    }

    @Test
    void intervalsBeyondTheClipLookLikeTheClip() throws Exception {
        GraphInputs clip = GraphInputs.fromStart(1, 1, new int[] {1000, 60, 64, 5}, none(1), 7);
        GraphInputs beyond = GraphInputs.fromStart(1, 1, new int[] {70_000, 60, 64, 5}, none(1), 7);
        try (GraphSession graph = open(7, ENCODING)) {
            assertThat(graph.run(beyond).h()).isEqualTo(graph.run(clip).h());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,180", "19,180", "20,240", "99,240", "100,420", "400,900", "5000,900"})
    void theDurationIsTheMedianOfTheIntervalsRange(int interval, int duration) throws Exception {
        int[] forced = {interval, -1, -1, -1};
        try (GraphSession graph = open(7, ENCODING)) {
            GraphOutputs out = graph.run(GraphInputs.fromStart(1, 1, none(1), forced, 7));
            assertThat(out.next()[3]).isEqualTo(duration);
        }
    }

    @Test
    void oneRangeOfIntervalsNeedsNoBounds() throws Exception {
        PaperEncoding one = new PaperEncoding(100, 500, new float[] {1, 1, 1}, new int[0], new int[] {33});
        try (GraphSession graph = open(7, one)) {
            assertThat(graph.run(GraphInputs.fromStart(2, 3, none(6), none(6), 7))
                            .next()[3])
                    .isEqualTo(33);
        }
    }

    @ParameterizedTest
    @CsvSource({"7,1", "7,5", "512,1", "512,3"})
    void aRowIsTheSameBitsInABatchOfAnySize(int hidden, int steps) throws Exception {
        SplittableRandom random = new SplittableRandom(hidden + steps);
        GraphInputs all = random(random, steps, 64, hidden, 0.3);
        try (GraphSession graph = open(hidden, ENCODING)) {
            GraphOutputs[] alone = new GraphOutputs[64];
            for (int row = 0; row < alone.length; row++) {
                alone[row] = graph.run(rows(all, row, 1, hidden));
            }
            for (int size : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64}) {
                int first = random.nextInt(64 - size + 1);
                GraphOutputs together = graph.run(rows(all, first, size, hidden));
                for (int row = 0; row < size; row++) {
                    GraphOutputs expected = alone[first + row];
                    for (int step = 0; step < steps; step++) {
                        int cell = step * size + row;
                        assertThat(Arrays.copyOfRange(together.next(), cell * 4, cell * 4 + 4))
                                .isEqualTo(Arrays.copyOfRange(expected.next(), step * 4, step * 4 + 4));
                        assertSameBits(together.mean(), cell * 3, expected.mean(), step * 3, 3);
                        assertSameBits(together.logp(), cell * 3, expected.logp(), step * 3, 3);
                    }
                    assertSameBits(together.h(), row * hidden, expected.h(), 0, hidden);
                    assertSameBits(together.c(), row * hidden, expected.c(), 0, hidden);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 512})
    void oneRunOfManyStepsIsManyRunsOfOne(int hidden) throws Exception {
        int steps = 20;
        GraphInputs all = random(new SplittableRandom(9), steps, 3, hidden, 1);
        try (GraphSession graph = open(hidden, ENCODING)) {
            GraphOutputs once = graph.run(all);
            float[] h = all.h();
            float[] c = all.c();
            for (int step = 0; step < steps; step++) {
                GraphOutputs out = graph.run(new GraphInputs(
                        1,
                        3,
                        Arrays.copyOfRange(all.note(), step * 12, step * 12 + 12),
                        Arrays.copyOfRange(all.forced(), step * 12, step * 12 + 12),
                        Arrays.copyOfRange(all.noise(), step * 9, step * 9 + 9),
                        all.temperature(),
                        h,
                        c));
                h = out.h();
                c = out.c();
                assertThat(out.mean())
                        .containsExactly(Arrays.copyOfRange(once.mean(), step * 9, step * 9 + 9), within(1e-6f));
                assertThat(out.next()).isEqualTo(Arrays.copyOfRange(all.forced(), step * 12, step * 12 + 12));
            }
            assertThat(h).containsExactly(once.h(), within(1e-6f));
            assertThat(c).containsExactly(once.c(), within(1e-6f));
        }
    }

    private static void assertSameBits(float[] actual, int actualAt, float[] expected, int expectedAt, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(Float.floatToRawIntBits(actual[actualAt + i]))
                    .isEqualTo(Float.floatToRawIntBits(expected[expectedAt + i]));
        }
    }

    private static GraphSession open(int hidden, PaperEncoding encoding) throws Exception {
        PaperWeights weights = PaperNetwork.weights(TestNetworks.paper(hidden, 11));
        return GraphSession.open(PaperGraph.write(
                weights, PaperKind.signature(weights.hidden()), encoding, "test", Map.of("cadenza.kind", "paper")));
    }

    private static int[] none(int notes) {
        return GraphInputs.nothingForced(notes, 1);
    }

    private static GraphInputs withTemperature(GraphInputs in, float temperature) {
        float[] all = new float[in.rows()];
        Arrays.fill(all, temperature);
        return new GraphInputs(in.steps(), in.rows(), in.note(), in.forced(), in.noise(), all, in.h(), in.c());
    }

    /** Some rows of a batch. */
    private static GraphInputs rows(GraphInputs in, int first, int count, int hidden) {
        int[] note = new int[in.steps() * count * 4];
        int[] forced = new int[note.length];
        float[] noise = new float[in.steps() * count * 3];
        for (int step = 0; step < in.steps(); step++) {
            int from = step * in.rows() + first;
            System.arraycopy(in.note(), from * 4, note, step * count * 4, count * 4);
            System.arraycopy(in.forced(), from * 4, forced, step * count * 4, count * 4);
            System.arraycopy(in.noise(), from * 3, noise, step * count * 3, count * 3);
        }
        return new GraphInputs(
                in.steps(),
                count,
                note,
                forced,
                noise,
                Arrays.copyOfRange(in.temperature(), first, first + count),
                Arrays.copyOfRange(in.h(), first * hidden, (first + count) * hidden),
                Arrays.copyOfRange(in.c(), first * hidden, (first + count) * hidden));
    }

    /** Random notes, states and noise; each attribute is forced with the given probability. */
    private static GraphInputs random(SplittableRandom random, int steps, int rows, int hidden, double forcedShare) {
        int cells = steps * rows;
        int[] note = new int[cells * 4];
        int[] forced = new int[cells * 4];
        int[] bounds = {1500, 128, 128, 3000};
        for (int i = 0; i < note.length; i++) {
            note[i] = random.nextInt(bounds[i % 4]);
            forced[i] = random.nextDouble() < forcedShare ? random.nextInt(bounds[i % 4]) : -1;
        }
        float[] temperature = new float[rows];
        for (int row = 0; row < rows; row++) {
            temperature[row] = (float) random.nextDouble(0, 2);
        }
        return new GraphInputs(
                steps,
                rows,
                note,
                forced,
                normals(random, cells * 3),
                temperature,
                normals(random, rows * hidden),
                normals(random, rows * hidden));
    }

    private static float[] normals(SplittableRandom random, int count) {
        float[] values = new float[count];
        java.util.Random gaussian = new java.util.Random(random.nextLong());
        for (int i = 0; i < count; i++) {
            values[i] = (float) gaussian.nextGaussian();
        }
        return values;
    }
}
