package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.generation.step.Noise;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerControls;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HeldControlsTest {
    private static final NoteMatrix NOTHING = NoteMatrix.of(100, new int[0]);

    private static PerformerControls drawn(Steering steering, long seed) {
        return HeldControls.of(steering, new Noise(seed), NOTHING);
    }

    /** Slow and high at first, then for 100 notes 5 a second on c and e. */
    private static NoteMatrix prompt() {
        int[] rows = new int[140 * 4];
        for (int note = 0; note < 140; note++) {
            boolean early = note < 40;
            rows[note * 4] = early ? 300 : 20;
            rows[note * 4 + 1] = early ? 100 : note % 4 == 0 ? 64 : 48;
            rows[note * 4 + 2] = 64;
            rows[note * 4 + 3] = 15;
        }
        return NoteMatrix.of(100, rows);
    }

    @Test
    void whatIsDrawnIsHumanAndTheSeedsOwn() {
        double densities = 0;
        double pitches = 0;
        Set<Double> different = new HashSet<>();
        Set<Integer> tonics = new HashSet<>();
        int seeds = 2000;
        for (int seed = 0; seed < seeds; seed++) {
            PerformerControls drawn = drawn(Steering.NONE, seed);
            assertThat(drawn.notesPerSecond()).isBetween(2.0, 25.0);
            assertThat(drawn.meanPitch()).isBetween(36.0, 90.0);
            float sum = 0;
            int highest = 0;
            for (int i = 0; i < 12; i++) {
                sum += drawn.profile()[i];
                highest = drawn.profile()[i] > drawn.profile()[highest] ? i : highest;
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
            tonics.add(highest);
            different.add(drawn.notesPerSecond());
            densities += drawn.notesPerSecond() / seeds;
            pitches += drawn.meanPitch() / seeds;
            PerformerControls again = drawn(Steering.NONE, seed);
            assertThat(again.notesPerSecond()).isEqualTo(drawn.notesPerSecond());
            assertThat(again.profile()).isEqualTo(drawn.profile());
        }
        assertThat(densities).isCloseTo(9.4, within(0.4));
        assertThat(pitches).isCloseTo(62.5, within(0.4));
        assertThat(different.size()).isGreaterThan(1900);
        assertThat(tonics).hasSize(12);
    }

    @Test
    void aPromptsEndIsHeld() {
        PerformerControls held = HeldControls.of(Steering.NONE, new Noise(1), prompt());
        assertThat(held.notesPerSecond()).isCloseTo(5, within(0.2));
        assertThat(held.meanPitch()).isCloseTo(52, within(0.2));
        assertThat(held.profile()[0]).isCloseTo(0.75f, within(0.02f));
        assertThat(held.profile()[4]).isCloseTo(0.25f, within(0.02f));
    }

    @Test
    void aPromptOfFewNotesDoesNotTell() {
        NoteMatrix few = NoteMatrix.of(100, new int[] {0, 60, 64, 10, 500, 62, 64, 10});
        assertThat(HeldControls.of(Steering.NONE, new Noise(4), few).notesPerSecond())
                .isEqualTo(drawn(Steering.NONE, 4).notesPerSecond());
    }

    @Test
    void whatIsAskedComesFirst() {
        Steering asked = Steering.NONE
                .withDensity(23)
                .withKey(new Tonality(9, true), true)
                .withPitches(new Steering.Range(90, 108));
        PerformerControls held = HeldControls.of(asked, new Noise(1), prompt());
        assertThat(held.notesPerSecond()).isEqualTo(23);
        assertThat(held.meanPitch()).isBetween(90.0, 108.0);
        for (int i = 0; i < 12; i++) {
            assertThat(held.profile()[i]).isLessThanOrEqualTo(held.profile()[9]);
        }
    }

    @Test
    void withoutTheGuardOnlyWhatIsAskedIsTold() {
        Steering free = Steering.NONE.withGuards(Guards.OFF);
        PerformerControls none = drawn(free, 1);
        assertThat(none.notesPerSecond()).isNaN();
        assertThat(none.meanPitch()).isNaN();
        assertThat(none.profile()).isEmpty();
        PerformerControls dense = HeldControls.of(free.withDensity(3), new Noise(1), prompt());
        assertThat(dense.notesPerSecond()).isEqualTo(3);
        assertThat(dense.profile()).isEmpty();
    }
}
