package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StuckTest {
    private static Excerpt of(List<int[]> notes) {
        return Excerpts.of(100, notes.toArray(int[][]::new));
    }

    /** Keys in turn at one distance in ticks. */
    private static List<int[]> turns(int times, int ticks, int... keys) {
        List<int[]> notes = new ArrayList<>();
        for (int note = 0; note < times; note++) {
            notes.add(new int[] {ticks, keys[note % keys.length], 64, 5});
        }
        return notes;
    }

    @Test
    void aPulseGoesOnUnderWhateverElseIsPlayed() {
        // G2 every half second, between two different keys.
        List<int[]> notes = new ArrayList<>();
        for (int beat = 0; beat < 11; beat++) {
            notes.add(new int[] {25, 43, 64, 5});
            notes.add(new int[] {25, 60 + beat, 64, 5});
        }
        assertThat(Stuck.of(of(notes)).longestPulseSeconds()).isEqualTo(5);
        // A gap of 0.51 s before the sixth of eleven ends it: 2 s, and 2.5.
        notes.get(10)[0] = 26;
        assertThat(Stuck.of(of(notes)).longestPulseSeconds()).isEqualTo(2.5);
    }

    @Test
    void aTrillIsTwoNeighboursInTurn() {
        assertThat(Stuck.of(of(turns(41, 10, 74, 75))).longestTrillSeconds()).isEqualTo(4);
        assertThat(Stuck.of(of(turns(41, 10, 74, 76))).longestTrillSeconds()).isEqualTo(4);
        // Each of its keys is a pulse too.
        assertThat(Stuck.of(of(turns(41, 10, 74, 75))).longestPulseSeconds()).isEqualTo(4);
        assertThat(Stuck.of(of(turns(41, 10, 74, 77))).longestTrillSeconds()).isZero();
        assertThat(Stuck.of(of(turns(41, 10, 74))).longestTrillSeconds()).isZero();
        assertThat(Stuck.of(of(turns(41, 51, 74, 75))).longestTrillSeconds()).isZero();
        // A mordent is not one yet.
        assertThat(Stuck.of(of(turns(3, 10, 74, 75))).longestTrillSeconds()).isZero();
        assertThat(Stuck.of(of(turns(4, 10, 74, 75))).longestTrillSeconds()).isEqualTo(0.3);
    }

    @Test
    void aTrillGoesOnOverABassAndStopsAtAKeyStruckTwice() {
        List<int[]> notes = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            notes.add(new int[] {10, turn % 2 == 0 ? 74 : 75, 64, 5});
            notes.add(new int[] {0, 40 + turn, 64, 5});
        }
        assertThat(Stuck.of(of(notes)).longestTrillSeconds()).isEqualTo(1.9);
        // The tenth, eleventh and twelfth strike are of one key.
        notes.get(20)[1] = 75;
        assertThat(Stuck.of(of(notes)).longestTrillSeconds()).isEqualTo(0.9);
    }

    @Test
    void twoKeysStruckTogetherAreNoTrill() {
        List<int[]> notes = turns(60, 20, 74, 75);
        for (int note = 1; note < notes.size(); note += 2) {
            notes.get(note)[0] = 0;
        }
        assertThat(Stuck.of(of(notes)).longestTrillSeconds()).isZero();
        assertThat(Stuck.of(of(notes)).longestPulseSeconds()).isEqualTo(5.8);
    }

    @Test
    void theFewestKeysAreThoseOfTheNarrowestSixtyFourNotes() {
        List<int[]> notes = turns(64, 10, 60, 62, 64, 65, 67);
        assertThat(Stuck.of(of(notes)).fewestKeys()).hasValue(5);
        List<int[]> wide =
                new ArrayList<>(turns(88, 10, IntStream.range(21, 109).toArray()));
        assertThat(Stuck.of(of(wide)).fewestKeys()).hasValue(64);
        wide.addAll(notes);
        wide.addAll(turns(88, 10, IntStream.range(21, 109).toArray()));
        assertThat(Stuck.of(of(wide)).fewestKeys()).hasValue(5);
        assertThat(Stuck.of(of(turns(63, 10, 60))).fewestKeys()).isEmpty();
    }

    @Test
    void nothingOneNoteAndOneTickAreNotStuck() {
        assertThat(Stuck.of(of(List.of())).longestPulseSeconds()).isZero();
        assertThat(Stuck.of(of(turns(1, 10, 60))).longestPulseSeconds()).isZero();
        Stuck tick = Stuck.of(of(turns(100, 0, 60, 61)));
        assertThat(tick.longestPulseSeconds()).isZero();
        assertThat(tick.longestTrillSeconds()).isZero();
        assertThat(tick.fewestKeys()).hasValue(2);
    }
}
