package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.RoundingLoss;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.TestNetworks;
import dev.cadenza.exporter.publish.Export;
import dev.cadenza.exporter.publish.Export.Options;
import dev.cadenza.exporter.publish.ExportReport;
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
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.performer.PerformerFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerformerExportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T10:20:30.123Z"), ZoneOffset.UTC);
    private static final Checkpoint CHECKPOINT = TestCheckpoints.of(
            TestNetworks.performer(24, 5), TestCheckpoints.performer(), TestCheckpoints.pieces(2, 40));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void publishesAVersionThatPlays(WeightFormat format) throws Exception {
        ModelRepository models = new ModelRepository(folder);
        ExportReport report = export(models, CHECKPOINT, new Options(format, false));
        VerifiedVersion version = models.verify(report.id());
        assertThat(version.manifest().kind()).isEqualTo("performer");
        assertThat(version.manifest().hidden()).isEqualTo(24);
        assertThat(version.manifest().batchInvariant()).isEqualTo(format != WeightFormat.INT8);
        assertThat(version.manifest().provenance().at("/exporter/weights").asText())
                .isEqualTo(format.id());
        assertThat(version.golden().outputs().keySet()).contains("logp");
        try (LoadedVersion loaded = LoadedVersion.load(version, DeviceChoice.CPU);
                Player model = loaded.lease().orElseThrow()) {
            Piece piece =
                    Generator.generate(model, null, GenerationOptions.ofSeed(7), NoteListener.SILENT, Deadline.NONE);
            assertThat(piece.complete(0).notes()).hasSize(200);
        }
    }

    @Test
    void saysWhatRoundingCosts() throws Exception {
        ExportReport exact = export(new ModelRepository(folder), CHECKPOINT, Options.PLAIN);
        assertThat(exact.rounded()).isNull();
        assertThat(exact.toJson().path("rounding").isMissingNode()).isTrue();
        ExportReport report = export(new ModelRepository(folder), CHECKPOINT, new Options(WeightFormat.INT8, false));
        RoundingLoss rounded = Objects.requireNonNull(report.rounded());
        assertThat(rounded.notes()).isEqualTo(80);
        assertThat(Math.abs(rounded.share())).isBetween(0.0, 0.01);
        assertThat(report.toJson().at("/rounding/nll_nats_per_note").asDouble()).isEqualTo(rounded.nats());
        assertThat(report.toText()).contains("weights as int8");
        assertThat(Files.readString(folder.resolve("tiny/2/MODEL_CARD.md")))
                .contains("# tiny", "weights as int8", "the rounded ones of this file", "--weights int8")
                .contains("| nll_nats_per_note | 9.01 |")
                .doesNotContain(folder.toString());
    }

    @Test
    void tooGreatALossIsRefused() throws Exception {
        new RoundingLoss(9, 9.089, 100).require();
        assertThatThrownBy(() -> new RoundingLoss(9, 9.091, 100).require())
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("lose 1.01 %");
        assertThatThrownBy(() -> new RoundingLoss(9, Double.NaN, 100).require())
                .isInstanceOf(ExportRefusedException.class);
    }

    @Test
    void theCheckpointGoesAlongWithoutRealNotes() throws Exception {
        export(new ModelRepository(folder), CHECKPOINT, new Options(WeightFormat.FP32, true));
        Checkpoint published = Checkpoint.read(folder.resolve("tiny/1/checkpoint.zip"));
        assertThat(published.network().params()).isEqualTo(CHECKPOINT.network().params());
        assertThat(published.parity().values()).isEmpty();
        assertThat(published.training()).isEmpty();
        assertThat(published.info().kind()).isEqualTo("performer");
        assertThat(new ModelRepository(folder)
                        .verify(new VersionId("tiny", 1))
                        .manifest()
                        .files())
                .containsKey("checkpoint.zip");
    }

    @Test
    void anotherEncodingIsRefused() {
        CheckpointInfo coarse = new CheckpointInfo(
                PerformerFamily.ID,
                TestCheckpoints.performer().encoding().deepCopy().put("ticks_per_second", 50),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
        assertThatThrownBy(() -> export(
                        new ModelRepository(folder),
                        TestCheckpoints.of(CHECKPOINT.network(), coarse, CHECKPOINT.parity()),
                        Options.PLAIN))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("encoding");
        assertThat(folder).isEmptyDirectory();
    }

    private static ExportReport export(ModelRepository models, Checkpoint checkpoint, Options options)
            throws Exception {
        return new Export(models, CLOCK).export("tiny", checkpoint, options);
    }
}
