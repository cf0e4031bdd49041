package dev.cadenza.exporter.kind.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.TestCheckpoints;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.exporter.publish.Export;
import dev.cadenza.exporter.publish.Export.Options;
import dev.cadenza.exporter.publish.ExportReport;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.Scoring;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.roll.RollFamily;
import dev.cadenza.trainer.roll.RollPreset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

class RollExportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T10:20:30.123Z"), ZoneOffset.UTC);
    private static final int STEP_MILLIS = 125;

    @TempDir
    Path folder;

    private static MultiLayerNetwork network(RollArchitecture architecture) {
        int units = architecture.tied() ? 9 : 0;
        RollPreset preset = new RollPreset(architecture, 11, units, 8, 2, 1e-3, 10, 1, 0, 5);
        MultiLayerNetwork network = new MultiLayerNetwork(preset.network());
        network.init();
        // Drawn weights of some size, so that keys, steps and the keys below make a difference.
        Nd4j.getRandom().setSeed(3);
        network.params().addi(Nd4j.randn(network.params().shape()).muli(0.3));
        return network;
    }

    private static Checkpoint checkpoint(RollArchitecture architecture) {
        return checkpoint(architecture, TestCheckpoints.info().provenance());
    }

    private static Checkpoint checkpoint(RollArchitecture architecture, ObjectNode provenance) {
        Random random = new Random(2);
        int rolls = 3;
        int steps = 20;
        float[] values = new float[rolls * steps * PianoRoll.KEYS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(12) == 0 ? 1 : 0;
        }
        return new Checkpoint(
                network(architecture),
                new CheckpointInfo(
                        RollFamily.ID,
                        new RollEncoding(architecture.id(), STEP_MILLIS).toJson(),
                        provenance,
                        JsonNodeFactory.instance.objectNode()),
                new ObjectMapper().createObjectNode(),
                new ParityRows(rolls, steps, PianoRoll.KEYS, values));
    }

    private LoadedVersion published(RollArchitecture architecture) throws Exception {
        ModelRepository models = new ModelRepository(folder);
        ExportReport report = new Export(models, CLOCK).export("tiny", checkpoint(architecture), Options.PLAIN);
        return LoadedVersion.load(models.verify(report.id()), DeviceChoice.CPU);
    }

    private static Piece play(Player model, @Nullable Prompt prompt, long seed, double temperature, int variations)
            throws Exception {
        return Generator.generate(
                model,
                prompt,
                new GenerationOptions(seed, new Length.Notes(60), temperature, variations, Steering.NONE),
                NoteListener.SILENT,
                Deadline.NONE);
    }

    private static int[] rows(Piece piece, int variation) {
        return piece.variations().get(variation).notes().rows();
    }

    private static Prompt prompt() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            notes.add(new Note(0, 60 + i % 5, 80, 240L * i, 230));
        }
        return new Prompt(Score.of(TempoMap.constant(480, 500_000), notes));
    }

    @Test
    void theCardSaysHowToMakeItAgain() throws Exception {
        ObjectNode provenance = TestCheckpoints.info().provenance().deepCopy();
        provenance.put("updates", 300).withObject("/data").put("split", RollCorpus.FILE_SPLIT);
        provenance.set("preset", new RollPreset(RollArchitecture.LSTM, 11, 0, 32, 8, 2e-3, 400, 0.5, 5, 7).toJson());
        new Export(new ModelRepository(folder), CLOCK)
                .export("tiny", checkpoint(RollArchitecture.LSTM, provenance), Options.PLAIN);

        assertThat(Files.readString(folder.resolve("tiny/1/MODEL_CARD.md")))
                .contains("trainer train --preset roll-lstm --rolls ROLLS --step-ms 125 --updates 400 --hidden 11"
                        + " --learning-rate 0.002 --seed 7 --out RUN\n");
    }

    @Test
    void theCardLeavesOutWhatIsStandardOrWasNotRecorded() throws Exception {
        ObjectNode provenance = TestCheckpoints.info().provenance().deepCopy();
        ObjectNode preset = RollPreset.standard(RollArchitecture.LSTM, 400, 1).toJson();
        preset.remove("keep");
        provenance.set("preset", preset);
        new Export(new ModelRepository(folder), CLOCK)
                .export("tiny", checkpoint(RollArchitecture.LSTM, provenance), Options.PLAIN);

        assertThat(Files.readString(folder.resolve("tiny/1/MODEL_CARD.md")))
                .contains("trainer train --preset roll-lstm --data DATA --step-ms 125 --updates 400 --out RUN\n");
    }

    @ParameterizedTest
    @EnumSource
    void everyArchitectureIsProvedPublishedAndPlayed(RollArchitecture architecture) throws Exception {
        ModelRepository models = new ModelRepository(folder);
        ExportReport report = new Export(models, CLOCK).export("tiny", checkpoint(architecture), Options.PLAIN);
        assertThat(report.parity().compared()).isGreaterThan(3 * 20 * 88 * 4);
        assertThat(report.parity().largestDifference()).isLessThan(1e-4);
        VerifiedVersion version = models.verify(report.id());
        assertThat(version.manifest().kind()).isEqualTo("roll");
        assertThat(version.manifest().hidden()).isEqualTo(architecture.tied() ? 11 * 88 : 11);
        assertThat(version.manifest().encoding().path("architecture").asText()).isEqualTo(architecture.id());
        assertThat(version.golden().outputs().keySet()).contains("logits", "logp");
        assertThat(Files.readString(folder.resolve("tiny/1/MODEL_CARD.md")))
                .contains(architecture.title(), "A step is 125 ms", "--preset roll-" + architecture.id())
                .doesNotContain(folder.toString());
        try (LoadedVersion loaded = LoadedVersion.load(version, DeviceChoice.CPU);
                Player model = loaded.lease().orElseThrow()) {
            NoteMatrix notes = play(model, null, 7, 1, 1).variations().get(0).notes();
            assertThat(notes.size()).isEqualTo(60);
            for (int note = 0; note < notes.size(); note++) {
                assertThat(notes.pitch(note)).isBetween(21, 108);
                assertThat(notes.interval(note) % STEP_MILLIS).isZero();
                assertThat(notes.duration(note) % STEP_MILLIS).isZero();
                assertThat(notes.duration(note)).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSeedIsAPieceAloneOrAmongVariations(RollArchitecture architecture) throws Exception {
        try (LoadedVersion loaded = published(architecture);
                Player model = loaded.lease().orElseThrow()) {
            for (@Nullable Prompt prompt : new @Nullable Prompt[] {null, prompt()}) {
                Piece three = play(model, prompt, 5, 1, 3);
                assertThat(rows(play(model, prompt, 5, 1, 1), 0)).isEqualTo(rows(three, 0));
                assertThat(rows(play(model, prompt, 7, 1, 1), 0)).isEqualTo(rows(three, 2));
                assertThat(rows(three, 1)).isNotEqualTo(rows(three, 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutChanceTheSeedSaysNothing(RollArchitecture architecture) throws Exception {
        try (LoadedVersion loaded = published(architecture);
                Player model = loaded.lease().orElseThrow()) {
            assertThat(rows(play(model, prompt(), 5, 0, 1), 0)).isEqualTo(rows(play(model, prompt(), 6, 0, 1), 0));
        }
    }

    @Test
    void aPromptIsHeard() throws Exception {
        try (LoadedVersion loaded = published(RollArchitecture.BALSTM);
                Player model = loaded.lease().orElseThrow()) {
            assertThat(rows(play(model, prompt(), 5, 1, 1), 0)).isNotEqualTo(rows(play(model, null, 5, 1, 1), 0));
        }
    }

    @Test
    void aPromptOfHoursIsHeardFromItsEnd() throws Exception {
        long day = 24L * 60 * 60 * 960;
        Prompt prompt = new Prompt(Score.of(
                TempoMap.constant(480, 500_000), List.of(new Note(0, 60, 80, 0, 480), new Note(0, 64, 80, day, 480))));
        try (LoadedVersion loaded = published(RollArchitecture.LSTM);
                Player model = loaded.lease().orElseThrow()) {
            assertThat(play(model, prompt, 5, 1, 1).variations().get(0).notes().size())
                    .isEqualTo(60);
        }
    }

    @Test
    void aSilentModelStrikesAKeyInTheEnd() throws Exception {
        Checkpoint silent = checkpoint(RollArchitecture.LSTM);
        silent.network().getLayer(1).getParam("b").subi(60);
        ModelRepository models = new ModelRepository(folder);
        ExportReport report = new Export(models, CLOCK).export("tiny", silent, Options.PLAIN);
        try (LoadedVersion loaded = LoadedVersion.load(models.verify(report.id()), DeviceChoice.CPU);
                Player model = loaded.lease().orElseThrow()) {
            assertThat(play(model, null, 5, 1, 1).variations().get(0).notes().size())
                    .isEqualTo(60);
        }
    }

    @Test
    void notesAreNotScored() throws Exception {
        try (LoadedVersion loaded = published(RollArchitecture.LSTM);
                Player model = loaded.lease().orElseThrow()) {
            assertThatThrownBy(() -> Scoring.score(model, prompt().score(), Deadline.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("kind roll");
        }
    }

    @Test
    void roundedWeightsAndOtherNetworksAreRefused() {
        assertThatThrownBy(() -> new Export(new ModelRepository(folder), CLOCK)
                        .export("tiny", checkpoint(RollArchitecture.BALSTM), new Options(WeightFormat.INT8, false)))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("int8");
        assertThatThrownBy(() -> RollNetwork.weights(
                        RollArchitecture.TP_LSTM_NADE,
                        checkpoint(RollArchitecture.BALSTM).network()))
                .isInstanceOf(UntranslatableNetworkException.class)
                .hasMessageContaining("layer 1 is")
                .hasMessageContaining("NadeHead");
    }

    @Test
    void aCheckpointWithoutRollsCannotBeProved() {
        Checkpoint good = checkpoint(RollArchitecture.TP_LSTM_NADE);
        float[] noKeys = new float[4];
        Checkpoint bad = new Checkpoint(
                good.network(), good.info(), good.training(), new ParityRows(1, 1, noKeys.length, noKeys));
        assertThatThrownBy(() -> new Export(new ModelRepository(folder), CLOCK).export("tiny", bad, Options.PLAIN))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("88 keys");
    }
}
