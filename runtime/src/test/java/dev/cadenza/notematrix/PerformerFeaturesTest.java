package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PerformerFeaturesTest {
    private static final PerformerFeatures FEATURES = new PerformerFeatures(PerformerEncoding.STANDARD);
    private static final int KEYS = PerformerEncoding.KEYS;

    private final KeyState state = new KeyState(PerformerEncoding.STANDARD);

    private static float sum(float[] values, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Test
    void aNoteIsFourNumbersAndTheStartOfAPieceNone() {
        float[] note = new float[PerformerFeatures.SCALARS + 2];
        FEATURES.scalars(150, 39, 64, 20, note, 1);

        assertThat(note[1]).isCloseTo((float) (Math.log(151) / Math.log(2001)), within(1e-6f));
        assertThat(note[2]).isCloseTo(39f / 87, within(1e-6f));
        assertThat(note[3]).isCloseTo(64f / 127, within(1e-6f));
        assertThat(note[4]).isCloseTo((float) (Math.log(21) / Math.log(2001)), within(1e-6f));
        assertThat(note[0] + note[5]).isZero();

        FEATURES.scalars(-1, -1, -1, -1, note, 1);
        assertThat(note).containsOnly(0f);
    }

    @Test
    void keysTellHowLongTheySoundSinceWhenHowLoudAndWhetherTheyEndNow() {
        state.strike(0, 10, 100, 50);
        state.strike(5, 11, 20, 5);
        float[] keys = new float[PerformerFeatures.KEYS_WIDTH];
        FEATURES.keys(state, 5, keys, 0);

        assertThat(keys[10]).isCloseTo((float) (Math.log(41) / Math.log(2001)), within(1e-6f));
        assertThat(keys[11]).isZero();
        assertThat(keys[KEYS + 10]).isCloseTo((float) Math.exp(-10 / 40.0), within(1e-6f));
        assertThat(keys[KEYS + 11]).isCloseTo((float) Math.exp(-5 / 40.0), within(1e-6f));
        assertThat(keys[2 * KEYS + 10]).isCloseTo((float) Math.exp(-10 / 300.0), within(1e-6f));
        assertThat(keys[3 * KEYS + 10]).isCloseTo((float) (100 / 127.0 * Math.exp(-10 / 150.0)), within(1e-6f));
        assertThat(keys[3 * KEYS + 11]).isCloseTo((float) (20 / 127.0 * Math.exp(-5 / 150.0)), within(1e-6f));
        assertThat(keys[4 * KEYS + 11]).isEqualTo(1);
        assertThat(sum(keys, 4 * KEYS, 5 * KEYS)).isEqualTo(1);
        assertThat(sum(keys, 0, KEYS)).isEqualTo(keys[10]);

        FEATURES.keys(state, 1_000_000, keys, 0);
        assertThat(sum(keys, 0, keys.length)).isZero();
    }

    @Test
    void tablesHoldWhatIsWritten() {
        assertThat(FEATURES.logTable()).hasSize(5001);
        assertThat(FEATURES.logTable()[2000]).isEqualTo(1f);
        assertThat(FEATURES.log(9000)).isEqualTo(FEATURES.logTable()[5000]);
        for (int decay = 0; decay < PerformerFeatures.DECAYS; decay++) {
            float[] table = FEATURES.decayTable(decay);
            assertThat(table).hasSize(KeyState.OLDEST + 1);
            assertThat(table[0]).isEqualTo(1f);
            assertThat(table[KeyState.OLDEST]).isZero();
        }
        assertThat(FEATURES.decayTable(1)[150]).isCloseTo((float) Math.exp(-1), within(1e-6f));
    }

    @Test
    void endsMarkTheClassesOfWhatStillSounds() {
        state.strike(0, 10, 64, 50);
        state.strike(0, 12, 64, 50);
        state.strike(0, 14, 64, 1999);
        float[] ends = new float[124];
        Arrays.fill(ends, 7f);
        FEATURES.ends(state, 20, ends, 0);

        assertThat(ends[30]).isEqualTo(1);
        assertThat(ends[PerformerEncoding.STANDARD.durations().of(1979)]).isEqualTo(1);
        assertThat(sum(ends, 0, 124)).isEqualTo(2);
    }

    @Test
    void copiesAreTheEndsOfTheLastNotesAndTheLatest() {
        state.strike(0, 1, 64, 300);
        state.strike(0, 2, 64, 10);
        state.strike(0, 3, 64, 30);
        state.strike(0, 4, 64, 20);
        int[] copies = new int[PerformerFeatures.COPIES];
        FEATURES.copies(state, 15, copies, 0);

        assertThat(copies).containsExactly(5, 15, 0, 285);

        float[] seen = new float[PerformerFeatures.COPIES_WIDTH];
        FEATURES.copies(copies, 0, seen, 0);
        assertThat(seen).containsExactly(FEATURES.log(5), FEATURES.log(15), 0, FEATURES.log(285), 1, 1, 0, 1);
    }

    @Test
    void controlsAreSeenWithTheirFlags() {
        float[] seen = new float[PerformerControls.WIDTH];
        Arrays.fill(seen, 3f);
        PerformerControls.NONE.write(seen, 0);
        assertThat(seen).containsOnly(0f);

        float[] profile = new float[PerformerControls.CLASSES];
        profile[4] = 1f;
        new PerformerControls(7, 76, profile).write(seen, 0);
        assertThat(seen[0]).isCloseTo((float) (Math.log(8) / Math.log(65)), within(1e-6f));
        assertThat(seen[1]).isEqualTo(0.5f);
        assertThat(seen[2 + 4]).isEqualTo(1f);
        assertThat(sum(seen, 14, 17)).isEqualTo(3f);

        new PerformerControls(Double.NaN, 40, new float[0]).write(seen, 0);
        assertThat(seen[1]).isEqualTo(-1f);
        assertThat(seen[15]).isEqualTo(1f);
        assertThat(sum(seen, 2, 15)).isZero();
    }
}
