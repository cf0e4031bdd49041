package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.exporter.kind.performer.ReferenceSampler.Choice;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.TickClasses;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the graph chooses, compared with plain Java's choices from the graph's own logits. */
class PerformerSamplingTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final int HIDDEN = 16;
    private static final int[] FIRST = {0, 124, 212, 244, 372};
    private static final float FORBIDDEN = -1e9f;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void choosesWhatPlainJavaChooses(long seed) throws Exception {
        int rows = 48;
        Random random = new Random(seed);
        PerformerCall call = RandomPerformers.middle(random, rows, HIDDEN);
        int clear = 0;
        try (PerformerRunner graph = open(seed)) {
            PerformerAnswer answer = graph.run(call);
            for (int row = 0; row < rows; row++) {
                Sampled sampled = new Sampled(call, answer, row);
                for (int attribute = 0; attribute < 4; attribute++) {
                    Choice choice = sampled.choice(attribute);
                    if (choice.clear()) {
                        clear++;
                        assertThat(answer.next()[row * 4 + attribute])
                                .as("row " + row + ", attribute " + attribute)
                                .isEqualTo(sampled.value(attribute, choice.index()));
                    }
                }
            }
        }
        assertThat(clear).isGreaterThan(rows * 4 * 98 / 100);
    }

    @ParameterizedTest
    @CsvSource({"1,1,0", "0.7,1,0", "1,0.8,0", "1,1,0.1", "1.3,0.9,0.02"})
    void frequenciesAreTheProbabilities(float temperature, float topP, float minP) throws Exception {
        int rows = 64;
        int runs = 60;
        Random random = new Random(8);
        PerformerCall one = RandomPerformers.middle(random, 1, HIDDEN);
        int[] all = new int[rows];
        PerformerCall call = one.rows(all)
                .with(
                        PerformerCall.filled(rows, temperature),
                        PerformerCall.filled(rows, topP),
                        PerformerCall.filled(rows, minP),
                        one.rows(all).bias());
        int[] forced = {-1, -1, -1, -1};
        try (PerformerRunner graph = open(8)) {
            for (int attribute = 0; attribute < 4; attribute++) {
                PerformerCall given = call.with(repeated(forced, rows));
                Map<Integer, Double> expected = new Sampled(given, graph.run(given), 0).values(attribute);
                Map<Integer, Integer> counts = new HashMap<>();
                for (int run = 0; run < runs; run++) {
                    int[] next = graph.run(given.with(
                                    RandomPerformers.gumbels(random, rows * PerformerCall.LOGITS), given.uniform()))
                            .next();
                    for (int row = 0; row < rows; row++) {
                        forced[attribute] = next[row * 4 + attribute];
                        counts.merge(forced[attribute], 1, Integer::sum);
                    }
                }
                assertThat(chiSquared(counts, expected))
                        .as("attribute " + attribute)
                        .isLessThan(4);
            }
        }
    }

    /** How far counts lie from what is expected, in deviations of a normal number (Wilson and Hilferty). */
    private static double chiSquared(Map<Integer, Integer> counts, Map<Integer, Double> probabilities) {
        assertThat(probabilities.keySet()).containsAll(counts.keySet());
        double total = counts.values().stream().mapToInt(Integer::intValue).sum();
        double sum = 0;
        int freedom = -1;
        double restExpected = 0;
        double restCount = 0;
        for (Map.Entry<Integer, Double> one : probabilities.entrySet()) {
            double expected = one.getValue() * total;
            int count = counts.getOrDefault(one.getKey(), 0);
            if (expected < 8) {
                restExpected += expected;
                restCount += count;
            } else {
                sum += (count - expected) * (count - expected) / expected;
                freedom++;
            }
        }
        if (restExpected > 0) {
            sum += (restCount - restExpected) * (restCount - restExpected) / restExpected;
            freedom++;
        }
        if (freedom < 1) {
            return 0;
        }
        double spread = 2.0 / (9 * freedom);
        return (Math.cbrt(sum / freedom) - (1 - spread)) / Math.sqrt(spread);
    }

    @Test
    void noiseMeansNothingAtTemperatureZero() throws Exception {
        int rows = 32;
        Random random = new Random(9);
        PerformerCall call = RandomPerformers.middle(random, rows, HIDDEN);
        PerformerCall cold = call.with(new float[rows], call.topP(), call.minP(), call.bias());
        float[] infinite = PerformerCall.filled(rows * PerformerCall.LOGITS, Float.POSITIVE_INFINITY);
        try (PerformerRunner graph = open(9)) {
            int[] expected = graph.run(cold).next();
            assertThat(graph.run(cold.with(infinite, cold.uniform())).next()).isEqualTo(expected);
        }
    }

    @Test
    void theMostProbableStaysWhateverIsCut() throws Exception {
        int rows = 32;
        PerformerCall call = RandomPerformers.middle(new Random(10), rows, HIDDEN);
        float[] warm = PerformerCall.filled(rows, 1f);
        try (PerformerRunner graph = open(10)) {
            int[] greedy = graph.run(call.with(new float[rows], warm, new float[rows], call.bias()))
                    .next();
            assertThat(graph.run(call.with(warm, new float[rows], new float[rows], call.bias()))
                            .next())
                    .isEqualTo(greedy);
            assertThat(graph.run(call.with(warm, warm, PerformerCall.filled(rows, 3f), call.bias()))
                            .next())
                    .isEqualTo(greedy);
        }
    }

    @Test
    void aGivenAttributeIsTakenAndTheOthersFollowIt() throws Exception {
        int rows = 64;
        Random random = new Random(11);
        PerformerCall call = RandomPerformers.middle(random, rows, HIDDEN);
        int[] forced = call.forced();
        int[] values = {700, 64, 99, 333};
        for (int i = 0; i < forced.length; i++) {
            forced[i] = random.nextBoolean() ? values[i % 4] : -1;
        }
        try (PerformerRunner graph = open(11)) {
            PerformerAnswer answer = graph.run(call);
            for (int i = 0; i < forced.length; i++) {
                int next = answer.next()[i];
                assertThat(next).isEqualTo(forced[i] >= 0 ? forced[i] : next);
            }
            // What was chosen is as likely as when it is given.
            PerformerAnswer again = graph.run(call.with(answer.next()));
            assertThat(again.logp()).isEqualTo(answer.logp());
            assertThat(again.logits()).isEqualTo(answer.logits());
            assertThat(again.keys()).isEqualTo(answer.keys());
        }
    }

    @Test
    void placesInAClassAreEven() throws Exception {
        // Class 110 of intervals, class 31 of velocities and class 120 of durations alone.
        float[] bias = new float[PerformerCall.LOGITS];
        Arrays.fill(bias, 0, 124, FORBIDDEN);
        Arrays.fill(bias, FIRST[2], FIRST[4], FORBIDDEN);
        bias[110] = 0;
        bias[FIRST[2] + 31] = 0;
        bias[FIRST[3] + 120] = 0;
        PerformerCall call = PerformerCall.start(1, 1, HIDDEN);
        PerformerCall biased = call.with(call.temperature(), call.topP(), call.minP(), bias);
        TickClasses intervals = ENCODING.intervals();
        TickClasses durations = ENCODING.durations();
        try (PerformerRunner graph = open(12)) {
            for (float place : new float[] {0, 0.1f, 0.5f, 0.99f, Math.nextDown(1f), 1f}) {
                float[] uniform = {place, place, place};
                int[] next = graph.run(biased.with(biased.noise(), uniform)).next();
                assertThat(next[0]).isEqualTo(intervals.start(110) + within(place, intervals.width(110)));
                assertThat(next[2]).isEqualTo(125 + within(place, 3));
                assertThat(next[3]).isEqualTo(durations.start(120) + within(place, durations.width(120)));
            }
        }
    }

    private static int within(float place, int width) {
        return Math.min(width - 1, (int) Math.floor((double) place * width));
    }

    private static int[] repeated(int[] note, int rows) {
        int[] all = new int[rows * 4];
        Arrays.setAll(all, i -> note[i % 4]);
        return all;
    }

    private static PerformerRunner open(long seed) throws Exception {
        return PerformerGraphTest.open(RandomPerformers.weights(HIDDEN, 8, seed));
    }

    /** One row's choices and what they were made from. */
    private record Sampled(PerformerCall call, PerformerAnswer answer, int row) {
        Choice choice(int attribute) {
            return sampler()
                    .choose(
                            logits(attribute),
                            forbidden(attribute),
                            part(call.bias(), attribute),
                            part(call.noise(), attribute));
        }

        /** How likely each number is. */
        Map<Integer, Double> values(int attribute) {
            double[] probabilities =
                    sampler().probabilities(logits(attribute), forbidden(attribute), part(call.bias(), attribute));
            Map<Integer, Double> values = new HashMap<>();
            for (int choice = 0; choice < probabilities.length; choice++) {
                if (probabilities[choice] > 0) {
                    values.merge(value(attribute, choice), probabilities[choice], Double::sum);
                }
            }
            return values;
        }

        private ReferenceSampler sampler() {
            return new ReferenceSampler(call.temperature()[row], call.topP()[row], call.minP()[row]);
        }

        private float[] logits(int attribute) {
            return part(answer.logits(), attribute);
        }

        private float[] part(float[] all, int attribute) {
            int at = row * PerformerCall.LOGITS;
            return Arrays.copyOfRange(all, at + FIRST[attribute], at + FIRST[attribute + 1]);
        }

        private boolean[] forbidden(int attribute) {
            float[] logits = logits(attribute);
            boolean[] forbidden = new boolean[logits.length];
            for (int i = 0; i < logits.length; i++) {
                forbidden[i] = logits[i] == FORBIDDEN;
            }
            int lastPitch = call.note()[row * 4 + 1];
            if (attribute == 0 && lastPitch >= 0) {
                boolean above = false;
                for (int key = lastPitch - 20; key < 88; key++) {
                    above |= state().remaining(key, 0) == 0
                            && call.bias()[row * PerformerCall.LOGITS + FIRST[1] + key] > -1e8f;
                }
                forbidden[0] = !above;
            }
            return forbidden;
        }

        private KeyState state() {
            KeyState state = new KeyState(ENCODING);
            state.read(call.keys(), row * PerformerCall.KEYS, call.ends(), row * KeyState.LAST_ENDS);
            return state;
        }

        /** The number that a choice becomes. */
        int value(int attribute, int choice) {
            float[] uniform = Arrays.copyOfRange(call.uniform(), row * 3, row * 3 + 3);
            int interval = answer.next()[row * 4];
            return switch (attribute) {
                case 0 ->
                    ENCODING.intervals().start(choice)
                            + within(uniform[0], ENCODING.intervals().width(choice));
                case 1 -> choice + PerformerEncoding.LOWEST_PITCH;
                case 2 -> 1 + 4 * choice + within(uniform[1], choice == 31 ? 3 : 4);
                default ->
                    choice >= 124
                            ? copy(choice - 124, interval)
                            : ENCODING.durations().start(choice)
                                    + within(uniform[2], ENCODING.durations().width(choice));
            };
        }

        private int copy(int which, int interval) {
            return which < KeyState.LAST_ENDS ? state().lastEnd(which, interval) : state().latestEnd(interval);
        }
    }
}
