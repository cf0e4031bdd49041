package dev.cadenza.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.network.FusedLstm;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.performer.PerformerFamily;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollPreset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

final class NetworkNamesTest {
    private static final Path PUBLISHED = Path.of("..", "models", "maestro-performer");
    private static final String LSTM = "dev.cadenza.trainer.lstm.FusedLstm";

    @TempDir
    private Path folder;

    /** What was published once is read for ever, to the same numbers as DL4J's own reader had of it. */
    @Test
    void everyPublishedCheckpointIsRead() throws Exception {
        Map<Integer, Integer> parameters = Map.of(2, 3_423_796, 3, 3_630_356);
        for (Map.Entry<Integer, Integer> version : parameters.entrySet()) {
            Path file = PUBLISHED.resolve(version.getKey() + "/checkpoint.zip");
            Checkpoint read = Checkpoint.read(file);
            MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile());

            assertThat(read.info().kind()).isEqualTo(PerformerFamily.ID);
            assertThat(read.network().numParams()).isEqualTo((long) version.getValue());
            assertThat(read.network().params()).isEqualTo(network.params());
            assertThat(read.network().getLayerWiseConfigurations().toJson())
                    .isEqualTo(network.getLayerWiseConfigurations().toJson());
        }
    }

    /** Names are promises: this list may grow, no line of it may change. */
    @Test
    void namesOfPublishedCheckpointsStay() {
        assertThat(NetworkNames.CADENZA.parts().stream().map(NetworkNames.Part::name))
                .contains(
                        "dev.cadenza.trainer.performer.PerformerInput",
                        "dev.cadenza.trainer.performer.PerformerHeads",
                        "dev.cadenza.trainer.performer.WarmCosine",
                        LSTM,
                        "org.nd4j.linalg.activations.impl.ActivationIdentity",
                        "org.nd4j.linalg.activations.impl.ActivationSigmoid",
                        "org.nd4j.linalg.activations.impl.ActivationSoftmax",
                        "org.nd4j.linalg.activations.impl.ActivationTanH",
                        "org.nd4j.linalg.learning.config.Adam",
                        "org.nd4j.linalg.lossfunctions.impl.LossMCXENT",
                        "org.deeplearning4j.nn.weights.WeightInitXavier");
    }

    @Test
    void everyNameIsOfAClassThatThereIs() {
        assertThat(NetworkNames.CADENZA.parts())
                .allSatisfy(part -> assertThat(Class.forName(part.className())).isNotNull());
    }

    @Test
    void whateverIsTrainedIsWrittenAndRead() throws Exception {
        Map<String, MultiLayerConfiguration> networks = new LinkedHashMap<>();
        PaperPreset paper = new PaperPreset(3, 10, 4, 1e-3, 0.5, 1000, 1000, true, 3);
        List<IUpdater> updaters = List.of(
                new Sgd(1e-3),
                new Nesterovs(1e-3, 0.9),
                new RmsProp(1e-3),
                new AdaGrad(1e-3),
                new AdaDelta(0.9, 1e-6),
                new Nadam(1e-3),
                new AMSGrad(1e-3));
        updaters.forEach(updater -> networks.put(updater.getClass().getSimpleName(), paper.network(updater)));
        networks.put("paper", paper.network());
        networks.put("DL4J", LstmLayers.DL4J.in(paper.network()));
        networks.put("performer", new PerformerPreset(4, 8, 2, 1e-3, 5, 100, 1, false, 3).network());
        for (RollArchitecture architecture : RollArchitecture.values()) {
            networks.put(
                    architecture.id(),
                    new RollPreset(architecture, 4, architecture.tied() ? 3 : 0, 8, 2, 1e-3, 100, 0.5, 0, 3).network());
        }
        for (Map.Entry<String, MultiLayerConfiguration> entry : networks.entrySet()) {
            MultiLayerNetwork network = new MultiLayerNetwork(entry.getValue());
            network.init();
            Path file = folder.resolve(entry.getKey() + ".zip");
            checkpoint(network).write(file, true);
            Checkpoint read = Checkpoint.read(file);

            assertThat(read.network().params()).as(entry.getKey()).isEqualTo(network.params());
            assertThat(read.network().getLayerWiseConfigurations().toJson())
                    .isEqualTo(network.getLayerWiseConfigurations().toJson());
            if (network.getUpdater().getStateViewArray() != null) {
                assertThat(read.network().getUpdater().getStateViewArray())
                        .isEqualTo(network.getUpdater().getStateViewArray());
            }
        }
    }

    @Test
    void aClassThatWasMovedIsFoundUnderItsOldName() throws Exception {
        MultiLayerNetwork network =
                new MultiLayerNetwork(new PaperPreset(3, 10, 4, 1e-3, 0.5, 1000, 1000, false, 3).network());
        network.init();
        List<NetworkNames.Part> parts = new ArrayList<>(NetworkNames.CADENZA.parts());
        parts.removeIf(part -> part.name().equals(LSTM));
        parts.add(new NetworkNames.Part(
                NetworkNames.Kind.LAYER, "dev.cadenza.old.place.Lstm", FusedLstm.class.getName()));
        NetworkNames moved = new NetworkNames(parts);
        Path file = folder.resolve("moved.zip");
        checkpoint(network).write(file, true, moved);

        assertThat(CheckpointFiles.of(file).content("configuration.json"))
                .contains("dev.cadenza.old.place.Lstm")
                .doesNotContain(LSTM);
        assertThat(Checkpoint.read(file, moved).network().params()).isEqualTo(network.params());
        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("dev.cadenza.old.place.Lstm");
    }

    @Test
    void aNetworkOfOtherPartsIsNotWritten() {
        MultiLayerNetwork network = new MultiLayerNetwork(new PaperPreset(3, 10, 4, 1e-3, 0.5, 1000, 1000, false, 3)
                .network(new org.nd4j.linalg.learning.config.NoOp()));
        network.init();

        assertThatThrownBy(() -> checkpoint(network).write(folder.resolve("other.zip"), false))
                .hasMessageContaining("NoOp");
        assertThat(Files.exists(folder.resolve("other.zip"))).isFalse();
    }

    private static Checkpoint checkpoint(MultiLayerNetwork network) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return new Checkpoint(
                network,
                new CheckpointInfo("any", nothing, nothing, nothing),
                nothing,
                new ParityRows(0, 0, 4, new float[0]));
    }
}
