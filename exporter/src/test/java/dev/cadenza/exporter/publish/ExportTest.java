package dev.cadenza.exporter.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.exporter.publish.Export.Options;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.network.LstmLayers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

class ExportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T10:20:30.123Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void publishesAVersionThatPlays() throws Exception {
        ModelRepository models = new ModelRepository(folder);
        ExportReport report = export(models);
        assertThat(report.id()).isEqualTo(new VersionId("maestro-paper", 1));
        VerifiedVersion version = models.verify(report.id());
        assertThat(version.manifest().created()).isEqualTo("2026-11-01T10:20:30Z");
        assertThat(version.manifest().licence().id()).isEqualTo("CC-BY-NC-SA-4.0");
        assertThat(version.manifest().metrics().at("/validation/notes").asInt()).isEqualTo(639425);
        assertThat(version.manifest().provenance().at("/exporter/onnxruntime").asText())
                .isEqualTo("1.28.0");
        assertThat(version.golden().steps()).isEqualTo(32);
        try (LoadedVersion loaded = LoadedVersion.load(version, DeviceChoice.CPU);
                Player model = loaded.lease().orElseThrow()) {
            Piece piece =
                    Generator.generate(model, null, GenerationOptions.ofSeed(7), NoteListener.SILENT, Deadline.NONE);
            assertThat(piece.complete(0).notes()).hasSize(200);
        }
    }

    @Test
    void theSecondVersionIsTwoAndHasTheSameGraph() throws Exception {
        ModelRepository models = new ModelRepository(folder);
        VersionId first = export(models).id();
        VersionId second = export(models).id();
        assertThat(second).isEqualTo(new VersionId("maestro-paper", 2));
        assertThat(models.verify(second).sha256())
                .isEqualTo(models.verify(first).sha256());
        assertThat(models.versions()).containsExactly(first, second);
    }

    @Test
    void aNetworkTrainedWithTheFusedLayerGivesTheSameGraph() throws Exception {
        ModelRepository models = new ModelRepository(folder);
        VersionId plain = export(models).id();
        VersionId fused = new Export(models, CLOCK)
                .export(
                        "maestro-paper",
                        TestCheckpoints.of(
                                LstmLayers.FUSED.in(TestNetworks.paper(7, 1)),
                                TestCheckpoints.info(),
                                TestCheckpoints.rows(3, 20)),
                        Options.PLAIN)
                .id();
        assertThat(models.verify(fused).sha256()).isEqualTo(models.verify(plain).sha256());
    }

    @Test
    void theCardSaysWhatTheModelIsMadeOf() throws Exception {
        export(new ModelRepository(folder));
        String card = Files.readString(folder.resolve("maestro-paper/1/MODEL_CARD.md"));
        assertThat(card)
                .contains("# maestro-paper", "CC-BY-NC-SA-4.0", "not for commercial use", "Hawthorne et al.")
                .contains("| model, state carried | 0.0142 | 11.31 |")
                .contains("exporter export --checkpoint", "| onnxruntime | 1.28.0 |", "| onnx_opset | 17 |")
                .doesNotContain(folder.toString());
    }

    @Test
    void aNetworkThatCannotBeTranslatedLeavesNothing() {
        assertThatThrownBy(() -> new Export(new ModelRepository(folder), CLOCK)
                        .export(
                                "maestro-paper",
                                TestCheckpoints.of(
                                        TestNetworks.network(
                                                1,
                                                TestNetworks.lstm(7)
                                                        .activation(Activation.SIGMOID)
                                                        .build(),
                                                TestNetworks.output(7).build()),
                                        TestCheckpoints.info(),
                                        TestCheckpoints.rows(2, 10)),
                                Options.PLAIN))
                .isInstanceOf(UntranslatableNetworkException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailedProofLeavesNothing() {
        ParityRows noNotes = new ParityRows(1, 1, 3, new float[] {0.12345f, 0.5f, 0.5f});
        assertThatThrownBy(() -> new Export(new ModelRepository(folder), CLOCK)
                        .export(
                                "maestro-paper",
                                TestCheckpoints.of(TestNetworks.paper(7, 1), TestCheckpoints.info(), noNotes),
                                Options.PLAIN))
                .isInstanceOf(ExportRefusedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void dataWithoutALicenceIsNotPublished() {
        CheckpointInfo nameless = new CheckpointInfo(
                "paper",
                (ObjectNode) TestNetworks.encoding().toJson(),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        assertThatThrownBy(() -> new Export(new ModelRepository(folder), CLOCK)
                        .export(
                                "maestro-paper",
                                TestCheckpoints.of(TestNetworks.paper(7, 1), nameless, TestCheckpoints.rows(2, 10)),
                                Options.PLAIN))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("data.licence");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void roundedWeightsAreForPerformersAlone() {
        assertThatThrownBy(() -> new Export(new ModelRepository(folder), CLOCK)
                        .export(
                                "maestro-paper",
                                TestCheckpoints.of(
                                        TestNetworks.paper(7, 1), TestCheckpoints.info(), TestCheckpoints.rows(2, 10)),
                                new Options(WeightFormat.INT8, false)))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessage("weights (int8) of kind paper must be fp32");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theStagedFilesAreReadableByOthersAndNothingElseIsLeft() throws Exception {
        export(new ModelRepository(folder));
        try (Stream<Path> files = Files.list(folder.resolve("maestro-paper"))) {
            assertThat(files).containsExactly(folder.resolve("maestro-paper/1"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("maestro-paper/1"))) {
            List<String> names =
                    files.map(path -> path.getFileName().toString()).sorted().toList();
            assertThat(names).containsExactly("MODEL_CARD.md", "golden.json", "manifest.json", "model.onnx");
        }
    }

    private static ExportReport export(ModelRepository models) throws Exception {
        return new Export(models, CLOCK)
                .export(
                        "maestro-paper",
                        TestCheckpoints.of(
                                TestNetworks.paper(7, 1), TestCheckpoints.info(), TestCheckpoints.rows(3, 20)),
                        Options.PLAIN);
    }
}
