package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.roll.head.RollHeadLayer;
import dev.cadenza.trainer.training.RunFolder;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

final class RollTaskTest {
    private static final int STEP_MILLIS = 250;
    private static final int UPDATES = 14;

    @TempDir
    private Path temporary;

    private final List<Double> losses = new ArrayList<>();

    private static RollCorpus corpus(List<PianoRoll> training, List<PianoRoll> validation) {
        return new RollCorpus("toy", "5eed", Map.of(Split.TRAIN, training, Split.VALIDATION, validation));
    }

    private TrainingLoop.Outcome train(
            RollPreset preset,
            RollCorpus corpus,
            RunFolder run,
            int replicas,
            BooleanSupplier stop,
            @Nullable Checkpoint resumed)
            throws IOException {
        Files.createDirectories(run.path());
        TrainingLoop.Listener listener = new TrainingLoop.Listener() {
            @Override
            public void update(int epoch, int batch, int batches, double trainLoss, double seconds) {
                losses.add(trainLoss);
            }

            @Override
            public void message(String line) {}
        };
        TrainingLimits limits =
                new TrainingLimits(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, 1000, 10, preset.updates());
        return new TrainingLoop(
                        new RollTask(preset, corpus, STEP_MILLIS),
                        run,
                        limits,
                        new TrainingLoop.Machine(LstmLayers.FUSED, replicas),
                        preset.seed(),
                        new ObjectMapper().createObjectNode(),
                        listener,
                        stop)
                .train(resumed, null);
    }

    private RunFolder run(String name) {
        return new RunFolder(temporary.resolve(name));
    }

    private static RollPreset preset(RollArchitecture architecture, double keep, int transpose) {
        int units = architecture.tied() ? 5 : 0;
        return new RollPreset(architecture, 6, units, 8, 3, 1e-2, UPDATES, keep, transpose, 5);
    }

    private static RollCorpus drawn() {
        Random random = new Random(9);
        return corpus(DrawnRolls.drawn(random, 30, 13, 21, 8, 17), DrawnRolls.drawn(random, 9, 14));
    }

    /** Two chords in turn, two steps each, from either on. */
    private static PianoRoll chords(int steps, int first) {
        int[][] chords = {{27, 39, 43, 46}, {32, 36, 44, 48}};
        PianoRoll.Builder roll = new PianoRoll.Builder(steps);
        for (int step = 0; step < steps; step++) {
            for (int key : chords[(first + step / 2) % 2]) {
                roll.on(step, key);
            }
        }
        return roll.build();
    }

    @ParameterizedTest
    @CsvSource({"TP_LSTM_NADE, 8, 40", "BALSTM, 16, 50"})
    void learnsWhatAChainOfSingleKeysCannot(RollArchitecture architecture, int units, int updates) throws Exception {
        List<PianoRoll> training =
                IntStream.range(0, 20).mapToObj(index -> chords(16, index % 2)).toList();
        RollCorpus corpus = corpus(training, List.of(chords(16, 0), chords(16, 1)));
        RollPreset preset = new RollPreset(architecture, 12, units, 16, 2, 4e-2, updates, 1, 0, 5);

        double best = train(preset, corpus, run("run"), 1, () -> false, null).bestValidation();

        double markov = -RollBaselines.markov(training, corpus.rolls(Split.VALIDATION));
        assertThat(losses.get(0)).isGreaterThan(2 * markov);
        assertThat(best).isPositive().isLessThan(markov);
    }

    @ParameterizedTest
    @CsvSource({"LSTM, 0.5, 1", "LSTM, 0.5, 2", "TP_LSTM_NADE, 1, 1", "TP_LSTM_NADE, 1, 2", "BALSTM, 1, 2"})
    void aStoppedAndResumedRunEndsWithTheSameParameters(RollArchitecture architecture, double keep, int replicas)
            throws Exception {
        RollPreset preset = preset(architecture, keep, 5);
        RollCorpus corpus = drawn();
        train(preset, corpus, run("whole"), replicas, () -> false, null);
        List<Double> whole = List.copyOf(losses);
        losses.clear();
        // Both stops are within an epoch, where states are carried.
        int[] asked = {0};
        RunFolder parts = run("parts");
        train(preset, corpus, parts, replicas, () -> ++asked[0] == 3, null);
        assertThat(Checkpoint.read(parts.last()).training().path("carried")).isNotEmpty();
        asked[0] = 0;
        train(preset, corpus, parts, replicas, () -> ++asked[0] == 6, Checkpoint.read(parts.last()));
        assertThat(Checkpoint.read(parts.last()).training().path("carried")).isNotEmpty();
        TrainingLoop.Outcome last = train(preset, corpus, parts, replicas, () -> false, Checkpoint.read(parts.last()));

        assertThat(last.end()).isEqualTo(TrainingLoop.End.UPDATES);
        assertThat(losses).hasSize(UPDATES).isEqualTo(whole);
        assertThat(Checkpoint.read(parts.last()).network().params())
                .isEqualTo(Checkpoint.read(run("whole").last()).network().params());
    }

    @ParameterizedTest
    @EnumSource(
            value = RollArchitecture.class,
            names = {"TP_LSTM_NADE", "BALSTM"})
    void replicasLearnTheSame(RollArchitecture architecture) throws Exception {
        RollPreset preset = preset(architecture, 1, 5);
        train(preset, drawn(), run("one"), 1, () -> false, null);
        List<Double> one = List.copyOf(losses);
        losses.clear();
        train(preset, drawn(), run("two"), 2, () -> false, null);

        assertThat(losses).hasSize(UPDATES);
        for (int update = 0; update < UPDATES; update++) {
            assertThat(losses.get(update)).isCloseTo(one.get(update), within(1e-3));
        }
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void theFirstLossIsTheLikelihoodOfTheUntrainedNetwork(RollArchitecture architecture) throws Exception {
        List<PianoRoll> rolls = DrawnRolls.drawn(new Random(3), 8, 5, 8);
        RollPreset preset = preset(architecture, 1, 0);
        MultiLayerNetwork untrained = new MultiLayerNetwork(preset.network());
        untrained.init();
        double nats = -RollLikelihood.measure(untrained, architecture, rolls, 1, steps -> {})
                .perStep();

        train(preset, corpus(rolls, rolls), run("run"), 2, () -> true, null);

        assertThat(losses).hasSize(1);
        assertThat(losses.get(0)).isCloseTo(nats, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void windowsGoOnInTheStateOfTheWindowBeforeAndRollsBeginAfresh(RollArchitecture architecture) throws Exception {
        // Three rolls, and three others after them in the same rows.
        List<PianoRoll> rolls = DrawnRolls.drawn(new Random(4), 24, 24, 24, 24, 24, 24);
        int units = architecture.tied() ? 5 : 0;
        // The rate is too small to change anything.
        RollPreset preset = new RollPreset(architecture, 6, units, 8, 3, 1e-30, 6, 1, 0, 5);
        train(preset, corpus(rolls, rolls), run("run"), 2, () -> false, null);
        MultiLayerNetwork network = Checkpoint.read(run("run").last()).network();
        double whole = -RollLikelihood.measure(network, architecture, rolls, 1, steps -> {})
                .perStep();
        List<PianoRoll> parts = rolls.stream()
                .flatMap(roll -> IntStream.range(0, 3).mapToObj(part -> roll.slice(8 * part, 8 * part + 8)))
                .toList();
        double afresh = -RollLikelihood.measure(network, architecture, parts, 1, steps -> {})
                .perStep();

        assertThat(losses).hasSize(6);
        assertThat(losses.stream().mapToDouble(loss -> loss).average().orElseThrow())
                .isCloseTo(whole, within(1e-4));
        assertThat(afresh).as("without a state").isNotCloseTo(whole, within(1e-3));
    }

    @Test
    void transposesSequencesAsFarAsThePianoGoes() {
        PianoRoll wide = DrawnRolls.of(new int[] {2, 86}, new int[] {2, 86});
        RollPreset preset = preset(RollArchitecture.LSTM, 1, 5);
        RollTask task = new RollTask(preset, corpus(List.of(wide), List.of(wide)), STEP_MILLIS);
        List<Integer> lowest = new ArrayList<>();
        for (int epoch = 0; epoch < 40; epoch++) {
            INDArray labels =
                    task.part(task.windows(epoch), epoch, 0, 1, 1).share().labels();
            int low = 0;
            while (labels.getFloat(0, low, 1) == 0) {
                low++;
            }
            assertThat(labels.getFloat(0, low + 84, 1)).isEqualTo(1);
            lowest.add(low);
        }

        assertThat(lowest).contains(0, 1, 2, 3).allMatch(key -> key <= 3);
    }

    @Test
    void theCheckpointOpensAsTheSameNetworkAndHasRollsToProveAnExportOn() throws Exception {
        RollPreset preset = preset(RollArchitecture.BALSTM, 1, 0);
        RollCorpus corpus = drawn();
        train(preset, corpus, run("run"), 1, () -> false, null);
        Checkpoint read = Checkpoint.read(run("run").best());

        assertThat(read.info().kind()).isEqualTo("roll");
        assertThat(RollEncoding.fromJson(read.info().encoding())).isEqualTo(new RollEncoding("balstm", STEP_MILLIS));
        assertThat(read.network().getLayer(1)).isInstanceOf(RollHeadLayer.class);
        assertThat(read.parity().batch()).isEqualTo(2);
        assertThat(read.parity().steps()).isEqualTo(9);
        PianoRoll longest = corpus.rolls(Split.VALIDATION).get(1);
        float[] values = read.parity().values();
        for (int step = 0; step < 9; step++) {
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                assertThat(values[step * PianoRoll.KEYS + key]).isEqualTo(longest.on(step, key) ? 1 : 0);
            }
        }
        double best = -RollLikelihood.measure(
                        read.network(), RollArchitecture.BALSTM, corpus.rolls(Split.VALIDATION), 1, steps -> {})
                .perStep();
        assertThat(read.training().path("best_validation").asDouble()).isCloseTo(best, within(1e-4));
    }
}
