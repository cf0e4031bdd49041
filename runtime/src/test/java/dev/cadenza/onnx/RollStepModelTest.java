package dev.cadenza.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.generation.GeneratedNote;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.HumanizeOptions;
import dev.cadenza.generation.Humanizer;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.Scoring;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.onnx.device.DeviceChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixture {@code tiny-roll@1}: a BALSTM of drawn weights, steps of 125 ms. */
final class RollStepModelTest {
    private LoadedVersion version;
    private Player player;
    private StepModel model;

    @BeforeEach
    void load() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(RollStepModelTest.class.getResource("/rolls"))
                .toURI());
        version =
                LoadedVersion.load(new ModelRepository(folder).verify(new VersionId("tiny-roll", 1)), DeviceChoice.CPU);
        player = version.lease().orElseThrow();
        model = version.model();
    }

    @AfterEach
    void close() {
        player.close();
        version.close();
    }

    private static GenerationOptions options(long seed, int notes) {
        return new GenerationOptions(seed, new Length.Notes(notes), 1, 1, Steering.NONE);
    }

    private NoteMatrix play(long seed, int notes) throws Exception {
        return Generator.generate(player, null, options(seed, notes), NoteListener.SILENT, Deadline.NONE)
                .variations()
                .get(0)
                .notes();
    }

    @Test
    void itsStepsComeOutAsNotesOnTheGridInOrder() throws Exception {
        assertThat(version.manifest().modelKind()).get().isInstanceOf(RollKind.class);
        NoteMatrix notes = play(3, 80);
        assertThat(notes.size()).isEqualTo(80);
        int chords = 0;
        for (int note = 0; note < notes.size(); note++) {
            assertThat(notes.interval(note) % 125).isZero();
            assertThat(notes.duration(note) % 125).isZero();
            assertThat(notes.duration(note)).isBetween(125, 32 * 125);
            if (note > 0 && notes.interval(note) == 0) {
                chords++;
                assertThat(notes.pitch(note)).isGreaterThan(notes.pitch(note - 1));
            }
        }
        assertThat(chords).isPositive();
    }

    @Test
    void aKeyIsNotStruckWhileItSounds() throws Exception {
        NoteMatrix notes = play(4, 200);
        long[] ends = new long[128];
        long onset = 0;
        for (int note = 0; note < notes.size(); note++) {
            onset += note == 0 ? 0 : notes.interval(note);
            assertThat(onset).isGreaterThanOrEqualTo(ends[notes.pitch(note)]);
            ends[notes.pitch(note)] = onset + notes.duration(note);
        }
    }

    @Test
    void aSeedIsTheSamePieceInACrowd() throws Exception {
        int[] alone = play(5, 40).rows();
        List<CompletableFuture<int[]>> crowd = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            crowd.add(player.play(
                            Generator.task(player.description(), null, options(seed, 40), NoteListener.SILENT),
                            Deadline.NONE,
                            () -> true)
                    .thenApply(piece -> piece.variations().get(0).notes().rows()));
        }
        assertThat(crowd.get(5).get()).isEqualTo(alone);
        assertThat(crowd.get(4).get()).isNotEqualTo(alone);
    }

    /** The fixture lets the chord go by itself; {@link RollTrackTest} has models that do not. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3, 1})
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void aHeldChordGoesOnTheSameNoteByNote(double temperature) throws Exception {
        Score held = Score.of(
                TempoMap.constant(480, 500_000),
                List.of(60, 64, 67).stream()
                        .map(pitch -> new Note(0, pitch, 80, 0, 4 * 480))
                        .toList());
        GenerationOptions options = new GenerationOptions(9, new Length.Notes(12), temperature, 1, Steering.NONE);
        List<GeneratedNote> heard = new ArrayList<>();
        NoteMatrix notes = Generator.generate(player, new Prompt(held), options, heard::add, Deadline.NONE)
                .variations()
                .get(0)
                .notes();
        assertThat(notes.size()).isEqualTo(12);
        assertThat(heard).hasSize(12);
        for (int note = 0; note < notes.size(); note++) {
            assertThat(notes.interval(note)).isBetween(0, 125 * (64 + 32 + 2));
            assertThat(notes.duration(note)).isBetween(125, 125 * 32);
            assertThat(heard.get(note).pitch()).isEqualTo(notes.pitch(note));
            assertThat(heard.get(note).durationTicks()).isEqualTo(notes.duration(note));
        }
        Piece unheard = Generator.generate(player, new Prompt(held), options, NoteListener.SILENT, Deadline.NONE);
        assertThat(unheard.variations().get(0).notes().rows()).isEqualTo(notes.rows());
    }

    @Test
    void theLikelihoodOfWhatIsPlayedIsThatOfItsSteps() throws Exception {
        try (StepModel.State state = model.start(1)) {
            StepInput input = StepInput.blank(model.description().shape(), 1, 1);
            input.seeds()[0] = 3;
            double sum = 0;
            for (int note = 0; note < 20; note++) {
                sum += model.run(input, state).logp()[0];
            }
            assertThat(sum).isNegative().isFinite();
        }
    }

    @Test
    void notesCanBeGivenAfterNotesWereDrawn() {
        try (StepModel.State state = model.start(1)) {
            StepInput free = StepInput.blank(model.description().shape(), 1, 1);
            model.run(free, state);
            StepInput given = StepInput.blank(model.description().shape(), 1, 1);
            System.arraycopy(new int[] {0, 60, 64, 250}, 0, given.forced(), 0, StepModel.ATTRIBUTES);
            assertThat(model.run(given, state).next()).containsExactly(0, 60, 64, 250);
            assertThat(model.run(free, state).next()[3]).isPositive();
        }
    }

    @Test
    void whatItCannotDoIsRefused() {
        Score score = Score.of(TempoMap.constant(480, 500_000), List.of(new Note(0, 60, 80, 0, 480)));
        assertThatThrownBy(() -> Scoring.score(player, score, Deadline.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a model of kind roll takes steps, and cannot say how likely a note is");
        assertThatThrownBy(() -> Humanizer.task(model.description(), score, HumanizeOptions.ofSeed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind roll");
    }
}
