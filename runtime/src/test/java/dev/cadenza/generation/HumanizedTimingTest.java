package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is promised of onsets, over random pieces, chords, tempi and all values of timing. */
final class HumanizedTimingTest {
    private static final int[] TICKS_PER_QUARTER = {1, 8, 24, 96, 480, 960, 10_000};
    private static final MidiReadOptions READ = new MidiReadOptions(false, MidiLimits.CORPUS);

    private static Score piece(RandomGenerator random) {
        int ticksPerQuarter = TICKS_PER_QUARTER[random.nextInt(TICKS_PER_QUARTER.length)];
        List<TempoChange> tempos = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        long tick = random.nextInt(3) * (long) ticksPerQuarter;
        boolean dense = random.nextBoolean();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(3) > 0) {
                tick += 1 + random.nextInt(dense ? 1 + ticksPerQuarter / 16 : 2 * ticksPerQuarter);
            }
            if (random.nextInt(8) == 0) {
                tempos.add(new TempoChange(tick + random.nextInt(2), 20_000 + random.nextInt(3_000_000)));
            }
            int pitch = random.nextInt(6) == 0 ? random.nextInt(128) : 50 + random.nextInt(20);
            notes.add(new Note(
                    random.nextInt(3), pitch, 1 + random.nextInt(127), tick, 1 + random.nextInt(2 * ticksPerQuarter)));
        }
        notes.add(new Note(0, 60, 64, tick, 1));
        return Score.of(TempoMap.of(ticksPerQuarter, tempos), notes);
    }

    /** As {@link Humanized#merged} has it: one note of each channel, key and tick. */
    private static List<Note> strokes(Score score) {
        List<Note> strokes = new ArrayList<>();
        for (Note note : score.notes()) {
            if (strokes.stream()
                    .noneMatch(other -> other.startTick() == note.startTick()
                            && other.pitch() == note.pitch()
                            && other.channel() == note.channel())) {
                strokes.add(note);
            }
        }
        return strokes;
    }

    @Test
    void noOnsetIsFurtherFromItsPlaceThanItMayBeAndNoneOvertakesAnother() throws Exception {
        int moved = 0;
        for (int round = 0; round < 402; round++) {
            int timing = round % 201;
            RandomGenerator random = new SplittableRandom(1000 + round);
            Score score = piece(random);
            Humanized played = Humanizer.humanize(
                    Player.onCallersThread(new FakePerformer()),
                    score,
                    new HumanizeOptions(round, 1, timing),
                    Deadline.NONE);
            List<Note> before = strokes(score);
            String what = "round %d, timing %d, %s".formatted(round, timing, score.tempoMap());
            assertThat(before.size() + played.merged())
                    .as(what)
                    .isEqualTo(score.notes().size());
            for (List<Note> after : List.of(
                    played.score().notes(),
                    MidiFiles.read(MidiFiles.write(played.score()), "played", READ)
                            .notes())) {
                // The score's order is that of onsets, then keys, then channels.
                assertThat(after).as(what).hasSameSizeAs(before);
                for (int i = 0; i < before.size(); i++) {
                    String which = what + ", note " + i;
                    assertThat(after.get(i).pitch())
                            .as(which)
                            .isEqualTo(before.get(i).pitch());
                    long written = score.tempoMap().microsAt(before.get(i).startTick());
                    long at = score.tempoMap().microsAt(after.get(i).startTick());
                    // Both are rounded to a microsecond.
                    assertThat(Math.abs(at - written)).as(which).isLessThanOrEqualTo(timing * 1000L + 1);
                    moved += at != written ? 1 : 0;
                    if (timing < 5 || !HeardScore.isPlayable(before.get(i).pitch())) {
                        assertThat(after.get(i).startTick())
                                .as(which)
                                .isEqualTo(before.get(i).startTick());
                    }
                }
            }
        }
        assertThat(moved).as("notes that moved").isGreaterThan(5_000);
    }

    @Test
    void aSmallValueMovesNotesByAboutThatMuch() throws Exception {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            notes.add(new Note(0, 30 + i % 50, 64, 1003L + 411L * i, 100));
        }
        // A tick a millisecond.
        Score score = Score.of(TempoMap.constant(500, 500_000), notes);
        Humanized played = Humanizer.humanize(
                Player.onCallersThread(new FakePerformer()), score, new HumanizeOptions(3, 1, 5), Deadline.NONE);
        long[] shifts = new long[11];
        for (int i = 0; i < 200; i++) {
            shifts[
                    5
                            + (int) (played.score().notes().get(i).startTick()
                                    - notes.get(i).startTick())]++;
        }
        assertThat(shifts[0]).as("5 ms early").isPositive();
        assertThat(shifts[5]).as("in place").isPositive();
        assertThat(shifts[10]).as("5 ms late").isPositive();
    }
}
