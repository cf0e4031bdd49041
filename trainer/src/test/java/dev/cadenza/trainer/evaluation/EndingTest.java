package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndingTest {
    private static final int[] G_MAJOR = {67, 69, 71, 72, 74, 76, 78, 79, 74, 71, 67};

    private static List<int[]> scale() {
        List<int[]> notes = new ArrayList<>();
        for (int note = 0; note < 66; note++) {
            notes.add(new int[] {20, G_MAJOR[note % G_MAJOR.length], 64, 20});
        }
        return notes;
    }

    private static Ending of(List<int[]> notes) {
        return Ending.of(Excerpts.of(100, notes.toArray(int[][]::new)));
    }

    @Test
    void theBassComesHome() {
        List<int[]> notes = scale();
        notes.add(new int[] {20, 43, 64, 100});
        notes.add(new int[] {0, 71, 64, 100});
        assertThat(of(notes).bassOnTonic()).isTrue();
        notes.get(66)[1] = 38;
        assertThat(of(notes).bassOnTonic()).isFalse();
    }

    @Test
    void aBassThatStillSoundsCounts() {
        List<int[]> notes = scale();
        notes.add(new int[] {20, 38, 64, 30});
        notes.add(new int[] {30, 67, 64, 100});
        assertThat(of(notes).bassOnTonic()).isTrue();
        notes.get(66)[3] = 31;
        assertThat(of(notes).bassOnTonic()).isFalse();
    }

    @Test
    void theKeyIsThatOfTheEnd() {
        List<int[]> notes = new ArrayList<>();
        for (int[] note : scale()) {
            notes.add(new int[] {20, note[1] + 1, 64, 100});
        }
        notes.addAll(scale());
        assertThat(of(notes).bassOnTonic()).isTrue();
    }

    @Test
    void slowingIsTheLastEightIntervalsOverThoseBefore() {
        List<int[]> notes = scale();
        assertThat(of(notes).slowing().orElseThrow()).isCloseTo(1.0, within(1e-9));
        notes.subList(notes.size() - 8, notes.size()).forEach(note -> note[0] = 50);
        assertThat(of(notes).slowing().orElseThrow()).isCloseTo(2.5, within(1e-9));
        assertThat(of(notes.subList(0, 40)).slowing()).isEmpty();
        assertThat(of(notes.subList(0, 41)).slowing().orElseThrow()).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void oneNoteIsItsOwnTonicAndNoneHasNoEnd() {
        Ending one = of(List.of(new int[] {3, 61, 64, 1}));
        assertThat(one.bassOnTonic()).isTrue();
        assertThat(one.slowing()).isEmpty();
        List<int[]> chord = scale();
        chord.forEach(note -> note[0] = 0);
        assertThat(of(chord).slowing()).isEmpty();
        assertThatThrownBy(() -> of(List.of())).hasMessageContaining("notes (0)");
    }
}
