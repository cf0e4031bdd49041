package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.generation.steering.Guards;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.steering.Tonality;
import dev.cadenza.generation.steering.TwoHands;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a player asks of a model that chooses among classes. */
final class PerformerPlayTest {
    private static final PerformerChoices CHOICES = new PerformerChoices(FakePerformer.ENCODING);

    private final FakePerformer model = new FakePerformer();

    private static GenerationOptions options(Steering steering) {
        return GenerationOptions.ofSeed(5).withLength(new Length.Notes(120)).withSteering(steering);
    }

    private NoteMatrix play(@Nullable Prompt prompt, GenerationOptions options) throws Exception {
        return Generator.generate(Player.onCallersThread(model), prompt, options, NoteListener.SILENT, Deadline.NONE)
                .variations()
                .get(0)
                .notes();
    }

    private static Prompt prompt(int notes, int interval) {
        List<Note> played = new ArrayList<>();
        for (int i = 0; i < notes; i++) {
            played.add(new Note(0, 60 + i % 5, 64, 1000L + (long) i * interval, 90));
        }
        return new Prompt(Score.of(TempoMap.constant(500, 500_000), played));
    }

    @Test
    void aPieceBeginsAtOnceAndPlaysWhatThePianoCan() throws Exception {
        NoteMatrix notes = play(null, options(Steering.NONE));
        assertThat(notes.size()).isEqualTo(120);
        assertThat(notes.interval(0)).isZero();
        long[] ends = new long[128];
        for (int note = 0; note < notes.size(); note++) {
            assertThat(notes.pitch(note)).isBetween(21, 108);
            assertThat(ends[notes.pitch(note)]).as("sounds still").isLessThanOrEqualTo(notes.onsetTick(note));
            ends[notes.pitch(note)] = notes.onsetTick(note) + notes.duration(note);
        }
        assertThat(model.notes.get(1))
                .as("the model gets what was played")
                .containsExactly(notes.interval(0), notes.pitch(0), notes.velocity(0), notes.duration(0));
    }

    /** Notes that the model cannot hear, at the end of a prompt: off the piano, and percussion. */
    static List<List<Note>> unheardEnds() {
        return List.of(
                List.of(new Note(0, 109, 64, 4000, 90)),
                List.of(new Note(0, 127, 64, 1900, 90), new Note(0, 0, 64, 9000, 9000)),
                List.of(new Note(0, 110, 64, 1998, 90)),
                List.of(new Note(9, 40, 64, 2500, 90)),
                List.of(new Note(9, 40, 64, 3003, 90), new Note(0, 20, 64, 2003, 90)));
    }

    @ParameterizedTest
    @MethodSource("unheardEnds")
    void aContinuationStartsAfterNotesThatAreNotHeard(List<Note> unheard) throws Exception {
        List<Note> notes = new ArrayList<>(prompt(100, 10).score().notes());
        notes.addAll(unheard);
        Prompt prompt = new Prompt(Score.of(TempoMap.constant(500, 500_000), notes));
        for (int seed = 0; seed < 10; seed++) {
            List<GeneratedNote> told = new ArrayList<>();
            Piece piece = Generator.generate(
                    Player.onCallersThread(model),
                    prompt,
                    GenerationOptions.ofSeed(seed).withLength(new Length.Notes(20)),
                    told::add,
                    Deadline.NONE);
            List<Note> all = new ArrayList<>(piece.complete(0).notes());
            long last = prompt.lastStartTick();
            prompt.score().notes().forEach(all::remove);
            assertThat(all)
                    .hasSize(20)
                    .allSatisfy(note -> assertThat(note.startTick()).isGreaterThan(last));
            NotePlacement placement =
                    NotePlacement.complete(prompt, model.description().ticksPerSecond());
            assertThat(told.stream()
                            .map(note -> placement.place(
                                    note.onsetTick(), note.pitch(), note.velocity(), note.durationTicks())))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void noNewNoteIsRoundedToBeforeThePromptsLast() throws Exception {
        // At 14 ms, which is 10 ms on the model's grid; the new note joins the chord.
        Prompt prompt = new Prompt(Score.of(TempoMap.constant(500, 500_000), List.of(new Note(0, 40, 64, 14, 90))));
        model.taste[CHOICES.intervals()] = 100;
        model.taste[CHOICES.keys() + 60] = 100;
        Piece piece = Generator.generate(
                Player.onCallersThread(model),
                prompt,
                GenerationOptions.ofSeed(1).withLength(new Length.Notes(1)),
                NoteListener.SILENT,
                Deadline.NONE);
        assertThat(piece.variations().get(0).notes().interval(0)).isZero();
        assertThat(piece.complete(0).notes()).extracting(Note::startTick).containsExactly(14L, 14L);
    }

    @Test
    void guardsKeepNotesAndGapsShort() throws Exception {
        NoteMatrix guarded = play(null, options(Steering.NONE));
        NoteMatrix free = play(null, options(Steering.NONE.withGuards(Guards.OFF)));
        int longest = 0;
        int gap = 0;
        int freeGap = 0;
        int freeLongest = 0;
        for (int note = 0; note < 120; note++) {
            longest = Math.max(longest, guarded.duration(note));
            gap = Math.max(gap, guarded.interval(note));
            freeLongest = Math.max(freeLongest, free.duration(note));
            freeGap = Math.max(freeGap, free.interval(note));
        }
        assertThat(longest).isLessThanOrEqualTo(800);
        assertThat(gap).isLessThanOrEqualTo(400);
        assertThat(freeLongest).isGreaterThan(800);
        assertThat(freeGap).isGreaterThan(400);
    }

    @Test
    void aKeyRangesAndVelocitiesAreKept() throws Exception {
        Tonality key = Tonality.parse("F# minor");
        NoteMatrix notes = play(
                null,
                options(Steering.NONE
                        .withKey(key, true)
                        .withPitches(new Steering.Range(48, 71))
                        .withVelocities(new Steering.Range(30, 45))));
        for (int note = 0; note < notes.size(); note++) {
            assertThat(key.contains(notes.pitch(note))).isTrue();
            assertThat(notes.pitch(note)).isBetween(48, 71);
            assertThat(notes.velocity(note)).isBetween(30, 45);
        }
    }

    @Test
    void aLoopIsBroken() throws Exception {
        // A taste for one key makes a loop of one note, which may go on for a while.
        model.taste[CHOICES.keys() + 30] = 100;
        model.taste[CHOICES.intervals() + 20] = 100;
        model.taste[CHOICES.durations() + 10] = 100;
        NoteMatrix guarded = play(null, options(Steering.NONE));
        Set<Integer> pitches = new HashSet<>();
        for (int note = 0; note < 100; note++) {
            pitches.add(guarded.pitch(note));
        }
        assertThat(pitches.size()).isGreaterThan(1);

        NoteMatrix free = play(null, options(Steering.NONE.withGuards(Guards.OFF)));
        pitches.clear();
        for (int note = 0; note < 120; note++) {
            pitches.add(free.pitch(note));
        }
        assertThat(pitches).containsExactly(51);
    }

    @Test
    void whatIsStruckTogetherFitsTwoHands() throws Exception {
        model.taste[CHOICES.intervals()] = 20;

        assertThat(everyOnsetFits(play(null, options(Steering.NONE)))).isTrue();
        assertThat(everyOnsetFits(play(null, options(Steering.NONE.withGuards(Guards.OFF)))))
                .isFalse();
    }

    private static boolean everyOnsetFits(NoteMatrix notes) {
        int first = 0;
        for (int note = 1; note <= notes.size(); note++) {
            if (note == notes.size() || notes.onsetTick(note) - notes.onsetTick(first) > 3) {
                int[] keys = IntStream.range(first, note).map(notes::pitch).toArray();
                if (!TwoHands.STANDARD.fit(keys, keys.length)) {
                    return false;
                }
                first = note;
            }
        }
        return true;
    }

    @Test
    void aDensityThatIsAskedForHoldsAtAnyTemperature() throws Exception {
        model.taste[CHOICES.intervals()] = 20;
        GenerationOptions hot = new GenerationOptions(5, new Length.Notes(200), 2, 1, Steering.NONE.withDensity(6));

        NoteMatrix notes = play(null, hot);

        assertThat(199 * 100.0 / notes.onsetTick(199)).isBetween(6 / 1.3, 6 * 1.3);
    }

    @Test
    void theEndComesHomeAndRings() throws Exception {
        NoteMatrix notes = play(null, options(Steering.NONE.withKey(new Tonality(2, false), false)));
        int last = notes.size() - 1;
        assertThat(notes.duration(last)).isGreaterThanOrEqualTo(120);
        int before = 0;
        for (int seed = 0; seed < 40; seed++) {
            NoteMatrix piece = play(
                    null,
                    new GenerationOptions(
                            seed, new Length.Notes(40), 1, 1, Steering.NONE.withKey(new Tonality(2, false), false)));
            before += piece.pitch(39) % 12 == 2 ? 1 : 0;
        }
        assertThat(before).as("pieces of 40 that end on the tonic").isGreaterThan(20);
    }

    @Test
    void whatThePromptIsLikeIsHeld() throws Exception {
        play(prompt(40, 125), options(Steering.NONE));
        float[] held = model.controls.get(40);
        assertThat(Math.exp(held[0] * Math.log(65)) - 1).as("notes per second").isCloseTo(8, within(0.5));
        assertThat(held[1]).isCloseTo((62 - 64) / 24f, within(0.02f));
        assertThat(held[2]).as("a fifth of the notes are c").isCloseTo(0.2f, within(0.02f));
        assertThat(held[14] + held[15] + held[16]).isEqualTo(3);

        FakePerformer other = new FakePerformer();
        Generator.generate(
                Player.onCallersThread(other),
                null,
                options(Steering.NONE.withDensity(20)),
                NoteListener.SILENT,
                Deadline.NONE);
        assertThat(Math.exp(other.controls.get(0)[0] * Math.log(65)) - 1).isCloseTo(20, within(0.01));

        FakePerformer free = new FakePerformer();
        Generator.generate(
                Player.onCallersThread(free),
                prompt(40, 125),
                options(Steering.NONE.withGuards(Guards.OFF)),
                NoteListener.SILENT,
                Deadline.NONE);
        assertThat(free.controls.get(60)).containsOnly(0f);
    }

    @Test
    void variationsAreWhatTheyAreAlone() throws Exception {
        GenerationOptions options = options(Steering.NONE).withVariations(4);
        Piece together = Generator.generate(
                Player.onCallersThread(model), prompt(70, 100), options, NoteListener.SILENT, Deadline.NONE);
        for (int variation = 0; variation < 4; variation++) {
            Piece alone = Generator.generate(
                    Player.onCallersThread(new FakePerformer()),
                    prompt(70, 100),
                    new GenerationOptions(5 + variation, new Length.Notes(120), 1, 1, Steering.NONE),
                    NoteListener.SILENT,
                    Deadline.NONE);
            assertThat(together.variations().get(variation).notes().rows())
                    .isEqualTo(alone.variations().get(0).notes().rows());
        }
    }

    @Test
    void scoringAsksForEveryNoteInChunks() throws Exception {
        ScoredPiece scored =
                Scoring.score(Player.onCallersThread(model), prompt(150, 100).score(), Deadline.NONE);
        assertThat(scored.attributes()).containsExactly("interval", "pitch", "velocity", "duration");
        assertThat(scored.notes().size()).isEqualTo(150);
        assertThat(model.runs).isEqualTo(3);
        assertThat(scored.nll(2)).isCloseTo((1 + 150) / 2.0, within(1e-6));
        assertThat(scored.nll()).isCloseTo(4 * scored.nll(0), within(1e-6));
        assertThat(model.notes.get(149))
                .containsExactly(
                        scored.notes().interval(148),
                        scored.notes().pitch(148),
                        scored.notes().velocity(148),
                        scored.notes().duration(148));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scoring.score(
                        Player.onCallersThread(model),
                        Score.of(TempoMap.constant(500, 500_000), List.of(new Note(0, 3, 64, 0, 9))),
                        Deadline.NONE))
                .withMessageContaining("21..108");
    }

    @Test
    void keysAreReadAndSpelled() {
        assertThat(Tonality.parse(" c Major ")).isEqualTo(new Tonality(0, false));
        assertThat(Tonality.parse("a minor")).isEqualTo(new Tonality(9, true));
        assertThat(Tonality.parse("Bbmaj")).isEqualTo(new Tonality(10, false));
        assertThat(Tonality.parse("Cb major")).isEqualTo(new Tonality(11, false));
        assertThat(Tonality.parse("F# minor")).hasToString("F# minor");
        for (String wrong : new String[] {"", "H major", "C", "C  dur", "C major 7", "##"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Tonality.parse(wrong));
        }
        double[] sounds = new double[12];
        for (int pitchClass : new int[] {9, 11, 0, 2, 4, 5, 7}) {
            sounds[pitchClass] = 1;
        }
        sounds[9] = 3;
        sounds[4] = 2;
        assertThat(Tonality.of(sounds)).isEqualTo(new Tonality(9, true));
    }
}
