package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PerformerFeaturesTest {
    private static final PerformerFeatures FEATURES = new PerformerFeatures(PerformerEncoding.STANDARD);
    private static final int KEYS = PerformerEncoding.KEYS;

    private static float sum(float[] values, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Test
    void aNoteIsFourClassesAndFourNumbers() {
        float[] note = new float[FEATURES.noteWidth() + 2];
        FEATURES.note(150, 39, 64, 20, note, 1);

        assertThat(FEATURES.noteWidth()).isEqualTo(125 + 89 + 33 + 125 + 4);
        assertThat(note[1 + PerformerEncoding.STANDARD.intervals().of(150)]).isEqualTo(1);
        assertThat(note[1 + 125 + 39]).isEqualTo(1);
        assertThat(note[1 + 125 + 89 + 15]).isEqualTo(1);
        assertThat(note[1 + 125 + 89 + 33 + 20]).isEqualTo(1);
        assertThat(sum(note, 1, 1 + 372)).isEqualTo(4);
        assertThat(note[373]).isCloseTo((float) (Math.log(151) / Math.log(2001)), within(1e-6f));
        assertThat(note[374]).isCloseTo(39f / 87, within(1e-6f));
        assertThat(note[375]).isCloseTo(64f / 127, within(1e-6f));
        assertThat(note[376]).isCloseTo((float) (Math.log(21) / Math.log(2001)), within(1e-6f));
        assertThat(note[0] + note[377]).isZero();
    }

    @Test
    void theStartOfAPieceIsNoneOfAllClasses() {
        float[] note = new float[FEATURES.noteWidth()];
        java.util.Arrays.fill(note, 9f);
        FEATURES.note(-1, 0, 0, 0, note, 0);

        assertThat(note[124]).isEqualTo(1);
        assertThat(note[125 + 88]).isEqualTo(1);
        assertThat(note[125 + 89 + 32]).isEqualTo(1);
        assertThat(note[125 + 89 + 33 + 124]).isEqualTo(1);
        assertThat(sum(note, 0, note.length)).isEqualTo(4);
    }

    @Test
    void keysTellHowLongTheySoundSinceWhenAndWhetherTheyEndNow() {
        KeyState state = new KeyState();
        state.strike(0, 10, 50);
        state.strike(5, 11, 5);
        float[] keys = new float[FEATURES.keysWidth()];
        FEATURES.keys(state, 5, keys, 0);

        assertThat(keys[10]).isCloseTo((float) (Math.log(41) / Math.log(2001)), within(1e-6f));
        assertThat(keys[11]).isZero();
        assertThat(keys[KEYS + 10]).isCloseTo((float) Math.exp(-10 / 150.0), within(1e-6f));
        assertThat(keys[KEYS + 11]).isCloseTo((float) Math.exp(-5 / 150.0), within(1e-6f));
        assertThat(keys[2 * KEYS + 11]).isEqualTo(1);
        assertThat(sum(keys, 2 * KEYS, 3 * KEYS)).isEqualTo(1);
        assertThat(sum(keys, 0, KEYS)).isEqualTo(keys[10]);

        FEATURES.keys(state, 1_000_000, keys, 0);
        assertThat(sum(keys, 0, keys.length)).isZero();
    }

    @Test
    void endsMarkTheClassesOfWhatStillSounds() {
        KeyState state = new KeyState();
        state.strike(0, 10, 50);
        state.strike(0, 12, 50);
        state.strike(0, 14, 1999);
        float[] ends = new float[124];
        FEATURES.ends(state, 20, ends, 0);

        assertThat(ends[30]).isEqualTo(1);
        assertThat(ends[PerformerEncoding.STANDARD.durations().of(1979)]).isEqualTo(1);
        assertThat(sum(ends, 0, 124)).isEqualTo(2);
    }

    @Test
    void copiesAreTheEndsOfTheLastNotesAndTheLatest() {
        KeyState state = new KeyState();
        state.strike(0, 1, 300);
        state.strike(0, 2, 10);
        state.strike(0, 3, 30);
        state.strike(0, 4, 20);
        int[] copies = new int[PerformerFeatures.COPIES];
        FEATURES.copies(state, 15, copies, 0);

        assertThat(copies).containsExactly(5, 15, 0, 285);
    }
}
