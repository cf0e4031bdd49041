package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.steering.Tonality;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the model's taste and whatever is asked: what holds for every piece. */
final class SteeredPlayTest {
    private static final PerformerChoices CHOICES = new PerformerChoices(FakePerformer.ENCODING);

    /** A model with a taste of its own, strong ones among them. */
    private static FakePerformer model(Random random) {
        FakePerformer model = new FakePerformer();
        double strength = 1 + 4 * random.nextDouble();
        for (int i = 0; i < model.taste.length; i++) {
            model.taste[i] = (float) (strength * random.nextGaussian());
        }
        // Many chords, many long notes, many notes that end together.
        model.taste[CHOICES.intervals()] += 4;
        Arrays.fill(model.taste, CHOICES.durations() + 95, CHOICES.count(), 2);
        return model;
    }

    private static NoteMatrix play(FakePerformer model, @Nullable Prompt prompt, GenerationOptions options)
            throws Exception {
        return Generator.generate(Player.onCallersThread(model), prompt, options, NoteListener.SILENT, Deadline.NONE)
                .variations()
                .get(0)
                .notes();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsAskedHoldsForEveryNote(long seed) throws Exception {
        Random random = new Random(seed);
        Tonality key = new Tonality(random.nextInt(12), random.nextBoolean());
        // An octave and seven keys of it: all of them may sound at once.
        int lowest = 21 + random.nextInt(76);
        int softest = 1 + random.nextInt(100);
        Steering steering = Steering.NONE
                .withKey(key, true)
                .withPitches(new Steering.Range(lowest, lowest + 11 + random.nextInt(2)))
                .withVelocities(new Steering.Range(softest, softest + random.nextInt(27)))
                .withTopP(0.1 + 0.9 * random.nextDouble())
                .withMinP(0.1 * random.nextDouble());
        GenerationOptions options = GenerationOptions.ofSeed(seed)
                .withLength(new Length.Notes(300))
                .withTemperature(2 * random.nextDouble())
                .withSteering(steering);
        NoteMatrix notes = play(model(random), null, options);
        assertThat(notes.size()).isEqualTo(300);
        assertThat(notes.interval(0)).isZero();
        long[] ends = new long[128];
        for (int note = 0; note < notes.size(); note++) {
            long onset = notes.onsetTick(note);
            assertThat(key.contains(notes.pitch(note)))
                    .as("note %d in %s", note, key)
                    .isTrue();
            assertThat(notes.pitch(note)).isBetween(lowest, steering.pitches().highest());
            assertThat(notes.velocity(note))
                    .isBetween(softest, steering.velocities().highest());
            assertThat(notes.duration(note)).isBetween(1, 800);
            assertThat(ends[notes.pitch(note)]).as("a key that sounds").isLessThanOrEqualTo(onset);
            assertThat(note == 0 || notes.interval(note) > 0 || notes.pitch(note) > notes.pitch(note - 1))
                    .as("order")
                    .isTrue();
            boolean allSound = true;
            for (int pitch = lowest; pitch <= steering.pitches().highest(); pitch++) {
                long before = onset - notes.interval(note);
                allSound &= !key.contains(pitch) || ends[pitch] > before;
            }
            assertThat(notes.interval(note) < 400 || allSound).as("silence").isTrue();
            ends[notes.pitch(note)] = onset + notes.duration(note);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noPatternIsPlayedForEver(long seed) throws Exception {
        Random random = new Random(seed);
        FakePerformer model = model(random);
        NoteMatrix notes = play(
                model,
                null,
                GenerationOptions.ofSeed(seed).withLength(new Length.Notes(400)).withTemperature(0));
        for (int period = 1; period <= 64; period++) {
            int same = 0;
            for (int note = period; note < notes.size(); note++) {
                boolean again = notes.pitch(note) == notes.pitch(note - period)
                        && Math.abs(notes.interval(note) - notes.interval(note - period)) <= 3;
                same = again ? same + 1 : 0;
                assertThat(same).as("period " + period).isLessThanOrEqualTo(period < 4 ? 41 : Math.max(44, 3 * period));
            }
        }
    }

    @Test
    void aLongNoteIsPlayedWhereThePromptHasOne() throws Exception {
        FakePerformer model = new FakePerformer();
        Arrays.fill(model.taste, CHOICES.durations() + 100, CHOICES.copies(), 3);
        Prompt prompt = new Prompt(Score.of(
                TempoMap.constant(500, 500_000),
                List.of(new Note(0, 60, 64, 0, 12_500), new Note(0, 62, 64, 500, 100))));
        GenerationOptions options = GenerationOptions.ofSeed(3).withLength(new Length.Notes(200));
        assertThat(longest(play(model, prompt, options))).isBetween(801, 1250);
        assertThat(longest(play(model, null, options))).isBetween(400, 800);
    }

    private static int longest(NoteMatrix notes) {
        int longest = 0;
        for (int note = 0; note < notes.size(); note++) {
            longest = Math.max(longest, notes.duration(note));
        }
        return longest;
    }

    @Test
    void theEndIsSlowerAndLonger() throws Exception {
        Map<String, Double> sums = new HashMap<>();
        for (int seed = 0; seed < 60; seed++) {
            FakePerformer model = new FakePerformer();
            play(model, null, GenerationOptions.ofSeed(seed).withLength(new Length.Notes(100)));
            sums.merge("middle", (double) model.controls.get(50)[0], Double::sum);
            sums.merge("end", (double) model.controls.get(98)[0], Double::sum);
        }
        assertThat(sums.get("end")).isLessThan(sums.get("middle"));
    }

    @Test
    void inSecondsNothingSoundsLonger() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            NoteMatrix notes = play(
                    model(new Random(seed)),
                    null,
                    GenerationOptions.ofSeed(seed).withLength(new Length.Seconds(7)));
            assertThat(notes.size()).isGreaterThan(1);
            for (int note = 0; note < notes.size(); note++) {
                assertThat(notes.onsetTick(note) + notes.duration(note)).isLessThanOrEqualTo(700);
            }
        }
    }

    @Test
    void notesOffThePianoAreKeptButNotHeard() throws Exception {
        List<Note> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            written.add(new Note(3, 60 + i % 7, 64, 500L * i, 200));
        }
        written.add(new Note(3, 12, 64, 20_000, 100));
        Prompt prompt = new Prompt(Score.of(TempoMap.constant(500, 500_000), written));
        FakePerformer model = new FakePerformer();
        Piece piece = Generator.generate(
                Player.onCallersThread(model),
                prompt,
                GenerationOptions.ofSeed(1).withLength(new Length.Notes(10)),
                NoteListener.SILENT,
                Deadline.NONE);
        assertThat(model.notes.get(20)).startsWith(50, 65, 64, 20);
        Score complete = piece.complete(0);
        assertThat(complete.notes()).hasSize(31).contains(new Note(3, 12, 64, 20_000, 100));
        NoteMatrix notes = piece.variations().get(0).notes();
        long first = complete.notes().stream()
                .filter(note -> !written.contains(note))
                .mapToLong(Note::startTick)
                .min()
                .orElseThrow();
        assertThat(notes.interval(0)).isPositive();
        assertThat(first).as("counted from the last note, heard or not").isEqualTo(20_000 + 10L * notes.interval(0));
    }

    @Test
    void howLongAgoItsFileBeganIsNotHeard() throws Exception {
        FakePerformer model = new FakePerformer();
        Prompt late = new Prompt(Score.of(TempoMap.constant(500, 500_000), List.of(new Note(0, 60, 64, 60_000, 100))));
        NoteMatrix after = play(model, late, GenerationOptions.ofSeed(1).withLength(new Length.Notes(5)));
        assertThat(model.notes.get(1)).startsWith(100, 60);
        Prompt soon = new Prompt(Score.of(TempoMap.constant(500, 500_000), List.of(new Note(0, 60, 64, 2_000, 100))));
        assertThat(play(new FakePerformer(), soon, GenerationOptions.ofSeed(1).withLength(new Length.Notes(5))))
                .isEqualTo(after);
    }
}
