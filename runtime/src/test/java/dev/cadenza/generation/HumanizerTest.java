package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HumanizerTest {
    /** 480 ticks per quarter at 120: a tick is 1.04 ms. */
    private static Score written(int count, Random random) {
        List<Note> notes = new ArrayList<>();
        long tick = 300;
        for (int i = 0; i < count; i++) {
            tick += random.nextInt(4) == 0 ? 0 : 60 * (1 + random.nextInt(8)) + random.nextInt(3);
            notes.add(new Note(2, 40 + random.nextInt(40), 64, tick, 30 + random.nextInt(900)));
        }
        notes.add(new Note(9, 40, 64, 500, 30));
        return Score.of(TempoMap.constant(480, 500_000), notes);
    }

    private static Humanized play(Score score, int timing, long seed) throws Exception {
        return Humanizer.humanize(
                Player.onCallersThread(new FakePerformer()),
                score,
                new HumanizeOptions(seed, 1, timing),
                Deadline.NONE);
    }

    private static List<Note> pitched(Score score) {
        return score.notes().stream()
                .filter(note -> !note.isPercussion())
                .sorted(Comparator.comparingLong(Note::startTick).thenComparingInt(Note::pitch))
                .toList();
    }

    @Test
    void withoutTimingEveryOnsetStaysToTheTick() throws Exception {
        for (int round = 0; round < 20; round++) {
            Score score = written(80, new Random(round));
            Humanized played = play(score, 0, round);
            Set<List<Long>> places = new HashSet<>();
            pitched(score).forEach(note -> places.add(List.of(note.startTick(), (long) note.pitch())));
            for (Note note : pitched(played.score())) {
                assertThat(places).contains(List.of(note.startTick(), (long) note.pitch()));
            }
            assertThat(pitched(played.score()).size() + played.merged()).isEqualTo(80);
        }
    }

    @Test
    void onsetsStayNearWhereTheyAreWrittenAndNothingAddsUp() throws Exception {
        Random random = new Random(3);
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            notes.add(new Note(0, 30 + i % 50, 64, 480L + 120L * i, 100));
        }
        Score score = Score.of(TempoMap.constant(480, 500_000), notes);
        Humanized played = play(score, 20, random.nextLong());
        List<Note> after = pitched(played.score());
        assertThat(after).hasSize(600);
        int moved = 0;
        Set<Integer> velocities = new HashSet<>();
        for (int i = 0; i < 600; i++) {
            assertThat(after.get(i).pitch()).isEqualTo(notes.get(i).pitch());
            long off = Math.abs(after.get(i).startTick() - notes.get(i).startTick());
            // 19 ticks are 19.8 ms.
            assertThat(off).isLessThanOrEqualTo(19);
            moved += off > 0 ? 1 : 0;
            velocities.add(after.get(i).velocity());
        }
        assertThat(moved).isGreaterThan(200);
        assertThat(velocities.size()).isGreaterThan(10);
        assertThat(played.score().tempoMap()).isEqualTo(score.tempoMap());
    }

    @Test
    void noKeySoundsWhenItIsStruckAgain() throws Exception {
        for (int round = 0; round < 20; round++) {
            Score score = written(120, new Random(100 + round));
            for (int timing : new int[] {0, 20, 200}) {
                Humanized played = play(score, timing, round);
                long[] ends = new long[128];
                for (Note note : pitched(played.score())) {
                    assertThat(note.startTick())
                            .as("round %d, timing %d, pitch %d", round, timing, note.pitch())
                            .isGreaterThanOrEqualTo(ends[note.pitch()]);
                    ends[note.pitch()] = note.endTick();
                }
                assertThat(played.score().notes().stream().filter(Note::isPercussion))
                        .hasSize(1);
            }
        }
    }

    @Test
    void everyNoteComesBackAndTheCountsAreTrue() throws Exception {
        Note low = new Note(0, 12, 33, 480, 100);
        Note high = new Note(3, 109, 44, 300, 70);
        Score score = Score.of(
                TempoMap.constant(480, 500_000),
                List.of(
                        new Note(0, 60, 64, 0, 960),
                        new Note(1, 60, 80, 0, 100),
                        new Note(1, 60, 10, 0, 200),
                        new Note(0, 60, 64, 480, 100),
                        low,
                        high,
                        new Note(9, 40, 50, 10, 10)));
        for (int timing : new int[] {0, 20, 200}) {
            Humanized played = play(score, timing, 1);
            assertThat(played.merged())
                    .as("one of two on channel 1, key 60, tick 0")
                    .isEqualTo(1);
            assertThat(played.unplayable()).isEqualTo(2);
            assertThat(played.cut()).isEqualTo(1);
            assertThat(pitched(played.score())).hasSize(5).contains(low, high);
            assertThat(played.score().notes()).contains(new Note(9, 40, 50, 10, 10));
            assertThat(pitched(played.score())).extracting(Note::channel).contains(1);
        }
        assertThat(pitched(play(score, 0, 1).score()).get(0).endTick()).isLessThanOrEqualTo(480);
    }

    @Test
    void theSameSeedPlaysTheSame() throws Exception {
        Score score = written(60, new Random(9));
        assertThat(play(score, 20, 4)).isEqualTo(play(score, 20, 4));
        assertThat(play(score, 20, 4)).isNotEqualTo(play(score, 20, 5));
    }

    @Test
    void aModelWithoutChoicesIsRefused() {
        FakeStepModel model = new FakeStepModel((previous, heard, noise, temperature) -> new int[] {1, 60, 64, 10});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Humanizer.humanize(
                        Player.onCallersThread(model),
                        written(4, new Random(1)),
                        HumanizeOptions.ofSeed(1),
                        Deadline.NONE))
                .withMessageContaining("kind fake");
        assertThatIllegalArgumentException().isThrownBy(() -> new HumanizeOptions(1, 1, 201));
        assertThatIllegalArgumentException().isThrownBy(() -> new HumanizeOptions(1, -1, 20));
    }
}
