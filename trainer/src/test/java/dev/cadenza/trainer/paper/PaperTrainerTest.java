package dev.cadenza.trainer.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.FusedLstm;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.training.EpochWindows;
import dev.cadenza.trainer.training.RunFolder;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaperTrainerTest {
    @TempDir
    private Path temporary;

    private EncodedCorpus corpus;
    private final List<Double> losses = new ArrayList<>();
    private TrainingLoop.Machine machine = new TrainingLoop.Machine(LstmLayers.FUSED, 1);

    @BeforeEach
    void makeCorpus() throws Exception {
        corpus = PaperFixture.corpus(temporary);
    }

    private TrainingLoop.Outcome train(
            RunFolder run, PaperPreset preset, TrainingLimits limits, BooleanSupplier stop, @Nullable Checkpoint from)
            throws IOException {
        Files.createDirectories(run.path());
        TrainingLoop.Listener listener = new TrainingLoop.Listener() {
            @Override
            public void update(int epoch, int batch, int batches, double trainMse, double seconds) {
                losses.add(trainMse);
            }

            @Override
            public void message(String line) {}
        };
        return new TrainingLoop(
                        new PaperTask(preset, corpus),
                        run,
                        limits,
                        machine,
                        preset.seed(),
                        new ObjectMapper().createObjectNode(),
                        listener,
                        stop)
                .train(from, null);
    }

    private static TrainingLimits epochs(int epochs) {
        return new TrainingLimits(epochs, Double.POSITIVE_INFINITY, 1000, 3);
    }

    private RunFolder run(String name) {
        return new RunFolder(temporary.resolve(name));
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 1", "false, 2", "true, 3"})
    void aStoppedAndResumedRunEndsWithTheSameParameters(boolean carry, int replicas) throws Exception {
        PaperPreset preset = new PaperPreset(8, PaperFixture.WINDOW, 3, 1e-2, 0.5, 1000, 1000, carry, 5);
        machine = new TrainingLoop.Machine(LstmLayers.FUSED, replicas);
        train(run("whole"), preset, epochs(3), () -> false, null);
        List<Double> wholeLosses = List.copyOf(losses);
        losses.clear();

        // Stopped in the middle of the second epoch, and once more in the third.
        int perEpoch = wholeLosses.size() / 3;
        int[] asked = {0};
        RunFolder parts = run("parts");
        TrainingLoop.Outcome first = train(parts, preset, epochs(3), () -> ++asked[0] == perEpoch + 4, null);
        asked[0] = 0;
        train(parts, preset, epochs(3), () -> ++asked[0] == perEpoch, Checkpoint.read(parts.last()));
        TrainingLoop.Outcome last = train(parts, preset, epochs(3), () -> false, Checkpoint.read(parts.last()));

        assertThat(first.end()).isEqualTo(TrainingLoop.End.STOPPED);
        assertThat(last.end()).isEqualTo(TrainingLoop.End.EPOCHS);
        assertThat(losses).isEqualTo(wholeLosses);
        Checkpoint whole = Checkpoint.read(run("whole").last());
        Checkpoint resumed = Checkpoint.read(parts.last());
        assertThat(resumed.network().params()).isEqualTo(whole.network().params());
        assertThat(resumed.network().getUpdater().getStateViewArray())
                .isEqualTo(whole.network().getUpdater().getStateViewArray());
        assertThat(Checkpoint.read(parts.best()).network().params())
                .isEqualTo(Checkpoint.read(run("whole").best()).network().params());
        assertThat(metricsWithoutSeconds(parts)).isEqualTo(metricsWithoutSeconds(run("whole")));
    }

    private static List<String> metricsWithoutSeconds(RunFolder run) throws IOException {
        return Files.readAllLines(run.metrics()).stream()
                .map(line -> line.replaceFirst("^((?:[^,]*,){5})[^,]*,", "$1"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void learnsTheSameWithEitherLayerAndAnyNumberOfReplicas(boolean carry) throws Exception {
        PaperPreset preset = new PaperPreset(8, PaperFixture.WINDOW, 4, 1e-2, 1, 1000, 1000, carry, 5);
        machine = new TrainingLoop.Machine(carry ? LstmLayers.FUSED : LstmLayers.DL4J, 1);
        train(run("single"), preset, epochs(2), () -> false, null);
        List<Double> expected = List.copyOf(losses);
        for (int replicas = 1; replicas <= 3; replicas++) {
            losses.clear();
            machine = new TrainingLoop.Machine(LstmLayers.FUSED, replicas);
            train(run("fused" + replicas), preset, epochs(2), () -> false, null);
            assertThat(losses).hasSameSizeAs(expected);
            for (int i = 0; i < losses.size(); i++) {
                assertThat(losses.get(i)).isCloseTo(expected.get(i), withPercentage(0.1));
            }
        }
    }

    @Test
    void aRunThatCarriesTheStateIsValidatedWithTheStateCarried() throws Exception {
        PaperPreset preset = new PaperPreset(8, PaperFixture.WINDOW, 4, 1e-2, 1, 1000, 1000, true, 5);
        double best = train(run("carry"), preset, epochs(1), () -> false, null).bestValidation();
        Checkpoint checkpoint = Checkpoint.read(run("carry").best());
        PaperRows rows = new PaperRows(corpus, preset.intervalClipTicks());
        ModelErrors errors = new ModelErrors(
                checkpoint.network(),
                rows,
                preset.intervalClipTicks(),
                CorpusFigures.of(rows).longestIntervalTicks(),
                notes -> {});

        assertThat(errors.carried(corpus.pieces(Split.VALIDATION)).mse()).isEqualTo(best);
    }

    @Test
    void aRunBegunWithOneLayerGoesOnWithTheOther() throws Exception {
        PaperPreset preset = PaperFixture.preset(1);
        train(run("whole"), preset, epochs(2), () -> false, null);
        train(run("parts"), preset, epochs(1), () -> false, null);
        machine = new TrainingLoop.Machine(LstmLayers.DL4J, 1);
        train(
                run("parts"),
                preset,
                epochs(2),
                () -> false,
                Checkpoint.read(run("parts").last()));
        MultiLayerNetwork whole = Checkpoint.read(run("whole").last()).network();
        MultiLayerNetwork parts = Checkpoint.read(run("parts").last()).network();

        assertThat(whole.getLayer(0).conf().getLayer()).isInstanceOf(FusedLstm.class);
        assertThat(parts.getLayer(0).conf().getLayer()).isNotInstanceOf(FusedLstm.class);
        assertThat(parts.getIterationCount()).isEqualTo(whole.getIterationCount());
        assertThat(parts.params().sub(whole.params()).amaxNumber().doubleValue())
                .isLessThan(1e-3);
    }

    @Test
    void aFinishedRunIsNotTrainedFurther() throws Exception {
        RunFolder run = run("done");
        train(run, PaperFixture.preset(1), epochs(1), () -> false, null);
        int updates = losses.size();
        train(run, PaperFixture.preset(1), epochs(1), () -> false, Checkpoint.read(run.last()));

        assertThat(losses).hasSize(updates);
    }

    @Test
    void theLossIsTheMeanSquaredErrorOfTheWindows() throws Exception {
        PaperPreset preset = PaperFixture.preset(1);
        MultiLayerNetwork untrained = new MultiLayerNetwork(preset.network());
        untrained.init();
        PaperRows rows = new PaperRows(corpus, preset.intervalClipTicks());
        EpochWindows windows = EpochWindows.shuffled(corpus.pieces(Split.TRAIN), preset.window(), preset.seed(), 0);
        var batch = WindowBatch.of(rows, windows, 0, preset.batch(), preset.window());
        var difference = untrained.output(batch.features(), false).sub(batch.labels());
        double sum = difference.mul(difference).sumNumber().doubleValue();

        train(run("loss"), preset, epochs(1), () -> true, null);

        assertThat(batch.mask()).isNull();
        assertThat(losses).hasSize(1);
        assertThat(losses.get(0)).isCloseTo(sum / (3.0 * preset.batch() * preset.window()), within(1e-6));
    }

    @Test
    void learnsAndKeepsTheBest() throws Exception {
        RunFolder run = run("learns");
        train(run, PaperFixture.preset(1), epochs(12), () -> false, null);
        Checkpoint best = Checkpoint.read(run.best());

        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) / 4);
        assertThat(best.info().kind()).isEqualTo("paper");
        assertThat(PaperEncoding.fromJson(best.info().encoding()).deviations())
                .hasSize(3)
                .doesNotContain(1f);
        assertThat(best.parity().values()).hasSizeGreaterThan(30);
        try (var events = Files.list(run.tensorboard())) {
            assertThat(events)
                    .singleElement()
                    .satisfies(file -> assertThat(Files.size(file)).isPositive());
        }
        assertThat(Files.readAllLines(run.metrics()))
                .anyMatch(line -> line.startsWith("batch,1,1,1,"))
                .anyMatch(line -> line.startsWith("validation,"))
                .filteredOn(line -> line.startsWith("epoch,"))
                .hasSize(12);
    }

    @Test
    void stopsEarlyWhenValidationNoLongerFalls() throws Exception {
        PaperPreset preset = new PaperPreset(4, PaperFixture.WINDOW, 4, 1e-30, 1, 1000, 1000, false, 5);
        TrainingLimits limits = new TrainingLimits(100, Double.POSITIVE_INFINITY, 3, 2);

        TrainingLoop.Outcome outcome = train(run("early"), preset, limits, () -> false, null);

        // The first validation is the best; three more without a gain end it.
        assertThat(outcome.end()).isEqualTo(TrainingLoop.End.EARLY);
        assertThat(outcome.updates()).isLessThanOrEqualTo(8);
    }

    @Test
    void piecesShorterThanAWindowAreTrainedOnWithAMask() throws Exception {
        PaperPreset preset = new PaperPreset(4, 100, 4, 1e-2, 1, 1000, 1000, false, 5);
        TrainingLoop.Outcome outcome = train(run("short"), preset, epochs(2), () -> false, null);

        assertThat(outcome.notes()).isEqualTo(2 * corpus.notes(Split.TRAIN));
        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
        assertThat(losses).allMatch(loss -> loss > 0.001 && loss < 1);
    }
}
