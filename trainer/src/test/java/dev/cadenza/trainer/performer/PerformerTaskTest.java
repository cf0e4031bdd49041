package dev.cadenza.trainer.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.training.RunFolder;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingLoop;
import dev.cadenza.trainer.training.WarmCosine;
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
import org.junit.jupiter.params.provider.ValueSource;

final class PerformerTaskTest {
    private static final int UPDATES = 14;

    private final PerformerPreset preset = new PerformerPreset(8, 10, 3, 1e-2, 2, UPDATES, 1, true, 5);
    private final List<Double> losses = new ArrayList<>();

    @TempDir
    private Path temporary;

    private EncodedCorpus corpus;

    @BeforeEach
    void makeCorpus() throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 10, 45);
        corpus = EncodedCorpus.encode(data, Corpus.open(data), 1000, temporary.resolve("cache"), done -> {});
    }

    private TrainingLoop.Outcome train(
            RunFolder run,
            int replicas,
            BooleanSupplier stop,
            @Nullable Checkpoint resumed,
            @Nullable MultiLayerNetwork from)
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
                new TrainingLimits(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, 1000, 5, preset.updates());
        return new TrainingLoop(
                        new PerformerTask(preset, corpus),
                        run,
                        limits,
                        new TrainingLoop.Machine(LstmLayers.FUSED, replicas),
                        preset.seed(),
                        new ObjectMapper().createObjectNode(),
                        listener,
                        stop)
                .train(resumed, from);
    }

    private RunFolder run(String name) {
        return new RunFolder(temporary.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStoppedAndResumedRunEndsWithTheSameParameters(int replicas) throws Exception {
        train(run("whole"), replicas, () -> false, null, null);
        List<Double> whole = List.copyOf(losses);
        losses.clear();
        int[] asked = {0};
        RunFolder parts = run("parts");
        train(parts, replicas, () -> ++asked[0] == 4, null, null);
        asked[0] = 0;
        train(parts, replicas, () -> ++asked[0] == 5, Checkpoint.read(parts.last()), null);
        TrainingLoop.Outcome last = train(parts, replicas, () -> false, Checkpoint.read(parts.last()), null);

        assertThat(last.end()).isEqualTo(TrainingLoop.End.UPDATES);
        assertThat(losses).isEqualTo(whole);
        assertThat(Checkpoint.read(parts.last()).network().params())
                .isEqualTo(Checkpoint.read(run("whole").last()).network().params());
        assertThat(whole.get(UPDATES - 1)).as("learns").isLessThan(whole.get(0) - 1);
    }

    @Test
    void replicasLearnTheSame() throws Exception {
        train(run("one"), 1, () -> false, null, null);
        List<Double> one = List.copyOf(losses);
        losses.clear();
        train(run("three"), 3, () -> false, null, null);

        for (int update = 0; update < UPDATES; update++) {
            assertThat(losses.get(update)).isCloseTo(one.get(update), within(1e-3));
        }
    }

    @Test
    void anotherNetworksParametersAreABeginning() throws Exception {
        train(run("parent"), 1, () -> false, null, null);
        MultiLayerNetwork parent = Checkpoint.read(run("parent").last()).network();
        double learned = losses.get(UPDATES - 1);
        losses.clear();
        train(run("child"), 1, () -> false, null, parent);

        assertThat(losses.get(0)).isLessThan(learned + 1);
        assertThat(Checkpoint.read(run("child").last()).network().getIterationCount())
                .isEqualTo(UPDATES);

        MultiLayerNetwork other = DrawnMusic.network(9, 1);
        assertThatThrownBy(() -> train(run("misfit"), 1, () -> false, null, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(other.numParams()));
    }

    @Test
    void theLikelihoodIsThatOfWholePiecesWhateverTheThreads() {
        MultiLayerNetwork network = DrawnMusic.network(8, 2);
        Likelihood one =
                LikelihoodRun.measure(network, corpus, corpus.pieces(Split.TRAIN), Integer.MAX_VALUE, 1, done -> {});
        Likelihood three =
                LikelihoodRun.measure(network, corpus, corpus.pieces(Split.TRAIN), Integer.MAX_VALUE, 3, done -> {});
        Likelihood part = LikelihoodRun.measure(network, corpus, corpus.pieces(Split.TRAIN), 20, 1, done -> {});

        assertThat(one.notes()).isEqualTo(6 * 45);
        assertThat(three.nats()).isCloseTo(one.nats(), within(1e-9));
        assertThat(part.notes()).isEqualTo(6 * 20);
        double sum = 0;
        for (int attribute = 0; attribute < 4; attribute++) {
            sum += one.nats(attribute);
        }
        assertThat(one.nats()).isCloseTo(sum, within(1e-9));
        assertThat(one.toJson().path("nll_nats_per_note").asDouble()).isEqualTo(one.nats());
        assertThat(one.toJson().path("nats_per_token").asDouble()).isCloseTo(one.nats() / 4.05, within(1e-9));
    }

    @Test
    void theCheckpointOpensAsTheSameNetwork() throws Exception {
        train(run("run"), 1, () -> false, null, null);
        Checkpoint read = Checkpoint.read(run("run").best());

        assertThat(read.info().kind()).isEqualTo("performer");
        assertThat(read.info().encoding().path("velocity_width").asInt()).isEqualTo(4);
        assertThat(read.network().getLayer(0)).isInstanceOf(PerformerInputLayer.class);
        assertThat(read.network().getLayer(2)).isInstanceOf(PerformerHeadsLayer.class);
        assertThat(read.parity().columns()).isEqualTo(4);
        assertThat(read.parity().steps()).isEqualTo(45);
    }

    @Test
    void theLearningRateRisesStaysAndFalls() {
        WarmCosine rate = new WarmCosine(2e-3, 50, 300, 1000, 0.04);
        assertThat(rate.valueAt(0, 0)).isCloseTo(2e-3 / 50, within(1e-12));
        assertThat(rate.valueAt(49, 0)).isEqualTo(2e-3);
        assertThat(rate.valueAt(299, 0)).isEqualTo(2e-3);
        assertThat(rate.valueAt(650, 0)).isCloseTo(2e-3 * 0.52, within(1e-9));
        assertThat(rate.valueAt(1000, 0)).isCloseTo(8e-5, within(1e-12));
        assertThat(rate.valueAt(5000, 0)).isCloseTo(8e-5, within(1e-12));
    }
}
