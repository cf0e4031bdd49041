package dev.cadenza.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.Golden;
import dev.cadenza.model.Licence;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.onnx.device.DeviceChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind that tests add by a class and a line in a services file is published, loaded, replayed and played. */
class ToyKindTest {
    @TempDir
    private Path models;

    private VersionId publish(int ticksPerSecond) throws Exception {
        ObjectNode encoding = JsonNodeFactory.instance.objectNode().put("ticks_per_second", ticksPerSecond);
        byte[] model = ToyKind.graph(
                Map.of("cadenza.format", "1", "cadenza.kind", ToyKind.ID, "cadenza.encoding", encoding.toString()));
        Golden golden;
        try (GraphSession graph = GraphSession.open(model)) {
            int[] notes = {0, 60, 64, 20, 25, 62, 64, 20, 25, 64, 64, 20};
            golden = GoldenReplay.record(
                    graph,
                    new ToyKind(),
                    ToyKind.signature(),
                    notes,
                    ToyKind.signature().golden(),
                    Golden.Tolerance.EXPORT);
        }
        ModelManifest manifest = new ModelManifest(
                1,
                ToyKind.ID,
                "2026-01-02T03:04:05Z",
                new TreeMap<>(),
                ToyKind.signature().inputs(),
                ToyKind.signature().outputs(),
                encoding,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                new Licence("CC0-1.0", "Do with it what you like.", "No one."),
                17,
                true);
        Map<String, byte[]> files = Map.of(
                VerifiedVersion.MODEL,
                model,
                VerifiedVersion.GOLDEN,
                golden.toJson(),
                VerifiedVersion.CARD,
                "# A toy\n".getBytes(StandardCharsets.UTF_8));
        return new ModelRepository(models).publish("toy", manifest, files, staged -> {});
    }

    @Test
    void itIsPublishedLoadedReplayedAndPlayed() throws Exception {
        VerifiedVersion verified = new ModelRepository(models).verify(publish(50));
        try (LoadedVersion version = LoadedVersion.load(verified, DeviceChoice.CPU);
                Player player = version.lease().orElseThrow()) {
            assertThat(player.description().kind()).isEqualTo("toy");
            GenerationOptions options = GenerationOptions.ofSeed(7).withLength(new Length.Notes(5));
            NoteMatrix notes = Generator.generate(player, null, options, NoteListener.SILENT, Deadline.NONE)
                    .variations()
                    .get(0)
                    .notes();
            assertThat(notes.size()).isEqualTo(5);
            assertThat(notes.onsetTick(4)).isEqualTo(4L * ToyKind.NOTE[0]);
            assertThat(notes.pitch(4)).isEqualTo(ToyKind.NOTE[1]);
        }
    }

    @Test
    void itsOwnRulesForItsEncodingHold() throws Exception {
        VerifiedVersion verified = new ModelRepository(models).verify(publish(0));
        assertThatThrownBy(() -> LoadedVersion.load(verified, DeviceChoice.CPU))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("encoding: ticks_per_second (0) must be positive");
    }
}
