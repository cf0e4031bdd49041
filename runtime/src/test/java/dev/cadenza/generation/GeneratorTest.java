package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final List<Integer> START = List.of(-1, -1, -1, -1);

    /** Climbs by one key every 100 ticks, and takes its velocity from the noise. */
    private static final FakeStepModel.Rule CLIMBING = (previous, heard, noise, temperature) -> new int[] {
        100, 30 + heard % 70, 64 + Math.round(Math.min(20, Math.max(-20, temperature * 10 * noise[0]))), 90
    };

    @Test
    void feedsEveryNoteBack() throws Exception {
        FakeStepModel model = new FakeStepModel(CLIMBING);
        Piece piece = generate(model, null, GenerationOptions.ofSeed(1).withLength(new Length.Notes(5)));
        NoteMatrix notes = piece.variations().get(0).notes();
        assertThat(model.runs).containsOnly(1).hasSize(5);
        List<FakeStepModel.Asked> asked = model.rows.get(0);
        assertThat(asked.get(0).note()).isEqualTo(START);
        for (int step = 1; step < 5; step++) {
            assertThat(asked.get(step).note())
                    .containsExactly(100, notes.pitch(step - 1), notes.velocity(step - 1), notes.duration(step - 1));
            assertThat(asked.get(step).forced()).isEqualTo(START);
        }
        assertThat(model.openStates()).isZero();
    }

    @Test
    void noiseIsThatOfTheSeedAndTheNewNote() throws Exception {
        FakeStepModel model = new FakeStepModel(CLIMBING);
        generate(model, prompt(3), GenerationOptions.ofSeed(99).withLength(new Length.Notes(2)));
        Noise noise = new Noise(99);
        List<FakeStepModel.Asked> asked = model.rows.get(0);
        assertThat(asked.get(0).noise()).containsOnly(0f);
        assertThat(asked.get(3).noise()).containsExactly(noise.normal(0, 0), noise.normal(0, 1), noise.normal(0, 2));
        assertThat(asked.get(4).noise()).containsExactly(noise.normal(1, 0), noise.normal(1, 1), noise.normal(1, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 200})
    void aPromptIsHeardInChunksThatEndAtFixedPlaces(int size) throws Exception {
        FakeStepModel model = new FakeStepModel(CLIMBING);
        Prompt prompt = prompt(size);
        generate(model, prompt, GenerationOptions.ofSeed(1).withLength(new Length.Notes(1)));
        List<Integer> expected = new ArrayList<>();
        for (int left = size; left > 0; left -= 64) {
            expected.add(Math.min(64, left));
        }
        expected.add(1);
        assertThat(model.runs).isEqualTo(expected);

        NoteMatrix heard = NoteMatrix.of(prompt.score(), 1000);
        List<FakeStepModel.Asked> asked = model.rows.get(0);
        assertThat(asked).hasSize(size + 1);
        for (int step = 0; step < size; step++) {
            assertThat(asked.get(step).note()).isEqualTo(step == 0 ? START : row(heard, step - 1));
            assertThat(asked.get(step).forced()).isEqualTo(row(heard, step));
        }
        assertThat(asked.get(size).note()).isEqualTo(row(heard, size - 1));
        assertThat(asked.get(size).forced()).isEqualTo(START);
    }

    @Test
    void aVariationIsWhatItsSeedGivesAlone() throws Exception {
        GenerationOptions options = GenerationOptions.ofSeed(40).withLength(new Length.Notes(30));
        Piece together = generate(new FakeStepModel(CLIMBING), prompt(4), options.withVariations(5));
        assertThat(together.variations()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            Variation variation = together.variations().get(i);
            assertThat(variation.seed()).isEqualTo(40 + i);
            Piece alone = generate(
                    new FakeStepModel(CLIMBING),
                    prompt(4),
                    GenerationOptions.ofSeed(variation.seed()).withLength(new Length.Notes(30)));
            assertThat(alone.variations()).containsExactly(variation);
        }
        assertThat(together.variations().get(0).notes())
                .isNotEqualTo(together.variations().get(1).notes());
    }

    @Test
    void chordsClimbAndNoKeyIsStruckTwiceAtOnce() throws Exception {
        // Interval 0 for ever: the same key, then lower, then higher ones.
        int[] pitches = {60, 60, 55, 57, 57, 90};
        FakeStepModel model = new FakeStepModel(
                (previous, heard, noise, temperature) -> new int[] {0, pitches[heard % pitches.length], 64, 10});
        Piece piece = generate(model, null, GenerationOptions.ofSeed(1).withLength(new Length.Notes(6)));
        NoteMatrix notes = piece.variations().get(0).notes();
        List<Integer> intervals = new ArrayList<>();
        for (int row = 0; row < notes.size(); row++) {
            intervals.add(notes.interval(row));
        }
        assertThat(intervals).containsExactly(0, 1, 1, 0, 1, 0);
        // The model gets the moved note, not the one it chose.
        assertThat(model.rows.get(0).get(2).note()).containsExactly(1, 60, 64, 10);
    }

    @Test
    void thePromptsLastKeyIsNotStruckTwiceAtOnceEither() throws Exception {
        FakeStepModel model =
                new FakeStepModel((previous, heard, noise, temperature) -> new int[] {0, previous[1], 64, 10});
        Piece piece = generate(model, prompt(2), GenerationOptions.ofSeed(1).withLength(new Length.Notes(1)));
        assertThat(piece.variations().get(0).notes().interval(0)).isEqualTo(1);
    }

    @Test
    void withoutAPromptTheMusicBeginsAtOnce() throws Exception {
        FakeStepModel model = new FakeStepModel(CLIMBING);
        Piece piece = generate(model, null, GenerationOptions.ofSeed(1).withLength(new Length.Notes(3)));
        assertThat(piece.variations().get(0).notes().onsetTick(0)).isZero();
        assertThat(piece.complete(0).notes().get(0).startTick()).isZero();
        // The model got what it chose.
        assertThat(model.rows.get(0).get(1).note().get(0)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.35, 2, 10})
    void secondsOfNewMusic(double seconds) throws Exception {
        Piece piece = generate(
                new FakeStepModel(CLIMBING),
                prompt(3),
                GenerationOptions.ofSeed(1).withLength(new Length.Seconds(seconds)));
        NoteMatrix notes = piece.variations().get(0).notes();
        // Onsets at 100, 200, ... after the prompt's last, and before the end.
        assertThat(notes.size()).isEqualTo((int) Math.ceil(seconds * 10) - 1);
        for (int row = 0; row < notes.size(); row++) {
            assertThat(notes.onsetTick(row) + notes.duration(row)).isLessThanOrEqualTo(Math.round(seconds * 1000));
        }
    }

    @Test
    void secondsEndAtTheMostNotes() throws Exception {
        FakeStepModel crowded =
                new FakeStepModel((previous, heard, noise, temperature) -> new int[] {1, 60 + heard % 12, 64, 10});
        Piece piece = generate(crowded, null, GenerationOptions.ofSeed(1).withLength(new Length.Seconds(3600)));
        Variation variation = piece.variations().get(0);
        assertThat(variation.notes().size()).isEqualTo(Length.MAX_NOTES);
        // The first at 0, a thousandth of a second from each to the next, 10 ms of sound at the end.
        assertThat(variation.shortened()).isEqualTo(new Shortened(Shortened.Reason.MOST_NOTES, 3600, 10.009));
    }

    @Test
    void whatIsAsLongAsWasAskedIsNotShortened() throws Exception {
        for (Length length : List.of(new Length.Seconds(2), new Length.Seconds(0.001), new Length.Notes(1))) {
            Variation variation = generate(
                            new FakeStepModel(CLIMBING),
                            null,
                            GenerationOptions.ofSeed(1).withLength(length))
                    .variations()
                    .get(0);
            assertThat(variation.notes().size()).isPositive();
            assertThat(variation.shortened()).isNull();
        }
    }

    @Test
    void aContinuationWithoutANoteIsShortened() throws Exception {
        Piece piece = generate(
                new FakeStepModel(CLIMBING),
                prompt(3),
                GenerationOptions.ofSeed(1).withLength(new Length.Seconds(0.05)));
        assertThat(piece.variations().get(0).shortened()).isEqualTo(new Shortened(Shortened.Reason.NO_NOTE, 0.05, 0));
    }

    @Test
    void percussionIsPartOfThePromptThatIsContinued() throws Exception {
        List<Note> notes = new ArrayList<>(prompt(3).score().notes());
        notes.add(new Note(9, 40, 64, 3500, 10));
        Prompt prompt = new Prompt(Score.of(TempoMap.constant(500, 500_000), notes));
        Piece piece = generate(
                new FakeStepModel((previous, heard, noise, temperature) -> new int[] {0, 100, 64, 10}),
                prompt,
                GenerationOptions.ofSeed(1).withLength(new Length.Notes(1)));
        assertThat(piece.promptOnsetTick()).isEqualTo(3500);
        assertThat(piece.complete(0).notes().get(4).startTick()).isEqualTo(3501);
    }

    @Test
    void variationsOfDifferentLengthEndOnTheirOwn() throws Exception {
        FakeStepModel model = new FakeStepModel((previous, heard, noise, temperature) ->
                new int[] {100 + Math.abs(Math.round(40 * noise[1])), 60, 64, 10});
        GenerationOptions options = GenerationOptions.ofSeed(3).withLength(new Length.Seconds(5));
        Piece piece = generate(model, null, options.withVariations(6));
        assertThat(piece.variations().stream()
                        .map(v -> v.notes().size())
                        .distinct()
                        .count())
                .isGreaterThan(1);
        for (Variation variation : piece.variations()) {
            assertThat(generate(
                                    model,
                                    null,
                                    GenerationOptions.ofSeed(variation.seed()).withLength(options.length()))
                            .variations()
                            .get(0))
                    .isEqualTo(variation);
        }
    }

    @Test
    void theListenerHearsEveryNoteAsItIsInTheResult() throws Exception {
        List<GeneratedNote> heard = new ArrayList<>();
        Piece piece = Generator.generate(
                Player.onCallersThread(new FakeStepModel(CLIMBING)),
                prompt(3),
                GenerationOptions.ofSeed(1).withLength(new Length.Notes(4)).withVariations(2),
                heard::add,
                Deadline.NONE);
        assertThat(heard).extracting(GeneratedNote::variation).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
        NoteMatrix notes = piece.variations().get(1).notes();
        for (GeneratedNote note : heard) {
            if (note.variation() == 1) {
                assertThat(note.pitch()).isEqualTo(notes.pitch(note.index()));
                assertThat(note.velocity()).isEqualTo(notes.velocity(note.index()));
                // The prompt's last onset is at one second.
                assertThat(note.onsetTick()).isEqualTo(1000 + notes.onsetTick(note.index()));
            }
        }
        assertThat(piece.variations().get(1).logp())
                .isCloseTo(
                        heard.stream()
                                .filter(n -> n.variation() == 1)
                                .mapToDouble(GeneratedNote::logp)
                                .sum(),
                        within(1e-9));
        // Three columns, and the fake says -1, -2, ... a column.
        assertThat(piece.variations().get(0).logp()).isEqualTo(-3.0 * (4 + 5 + 6 + 7));
    }

    @Test
    void aListenerCanCancel() {
        FakeStepModel model = new FakeStepModel(CLIMBING);
        assertThatThrownBy(() -> Generator.generate(
                        Player.onCallersThread(model),
                        null,
                        GenerationOptions.ofSeed(1),
                        note -> note.index() < 10,
                        Deadline.NONE))
                .isInstanceOf(CancellationException.class);
        assertThat(model.runs).hasSize(11);
        assertThat(model.openStates()).isZero();
    }

    @Test
    void aDeadlineEndsIt() {
        FakeStepModel model = new FakeStepModel(CLIMBING);
        assertThatThrownBy(() -> Generator.generate(
                        Player.onCallersThread(model),
                        prompt(3),
                        GenerationOptions.ofSeed(1),
                        NoteListener.SILENT,
                        Deadline.after(Duration.ZERO)))
                .isInstanceOf(TimeoutException.class);
        assertThat(model.openStates()).isZero();
    }

    @Test
    void temperatureReachesTheModel() throws Exception {
        GenerationOptions options = GenerationOptions.ofSeed(1).withLength(new Length.Notes(20));
        NoteMatrix cold = generate(new FakeStepModel(CLIMBING), null, options.withTemperature(0))
                .variations()
                .get(0)
                .notes();
        for (int row = 0; row < cold.size(); row++) {
            assertThat(cold.velocity(row)).isEqualTo(64);
        }
    }

    private static Piece generate(FakeStepModel model, @Nullable Prompt prompt, GenerationOptions options)
            throws TimeoutException {
        return Generator.generate(Player.onCallersThread(model), prompt, options, NoteListener.SILENT, Deadline.NONE);
    }

    private static List<Integer> row(NoteMatrix notes, int row) {
        return List.of(notes.interval(row), notes.pitch(row), notes.velocity(row), notes.duration(row));
    }

    /** That many notes, the last of them one second after the start. */
    private static Prompt prompt(int size) {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            notes.add(new Note(0, 50 + i % 12, 70, 1000 - (size - 1 - i) * 5L, 4 + i % 3));
        }
        return new Prompt(Score.of(TempoMap.constant(500, 500_000), notes));
    }
}
