package dev.cadenza.pianoroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PianoRollTest {
    /** A roll of steps, each its sounding keys. */
    private static PianoRoll roll(int[]... steps) {
        PianoRoll.Builder builder = new PianoRoll.Builder(steps.length);
        for (int step = 0; step < steps.length; step++) {
            for (int key : steps[step]) {
                builder.on(step, key);
            }
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 62, 63, 64, 65, 86, 87})
    void aKeySoundsWhereItWasSetAndNowhereElse(int set) {
        PianoRoll roll = new PianoRoll.Builder(3).on(1, set).build();

        assertThat(roll.steps()).isEqualTo(3);
        for (int step = 0; step < 3; step++) {
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                assertThat(roll.on(step, key)).as("step %d, key %d", step, key).isEqualTo(step == 1 && key == set);
            }
        }
    }

    @Test
    void noKeySoundsBeforeTheFirstStep() {
        PianoRoll roll = roll(new int[] {0, 63, 64, 87});

        for (int key = 0; key < PianoRoll.KEYS; key++) {
            assertThat(roll.on(-1, key)).isFalse();
            assertThat(roll.on(-100, key)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 88, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesAKeyThatThereIsNot(int key) {
        PianoRoll.Builder builder = new PianoRoll.Builder(2);

        assertThatThrownBy(() -> builder.on(1, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key (" + key + ") must be in 0..87");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
    void refusesAStepThatThereIsNot(int step) {
        PianoRoll.Builder builder = new PianoRoll.Builder(2);

        assertThatThrownBy(() -> builder.on(step, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("step (" + step + ") must be in 0..1");
    }

    @Test
    void aBuiltRollDoesNotChangeWithItsBuilder() {
        PianoRoll.Builder builder = new PianoRoll.Builder(1).on(0, 10);
        PianoRoll before = builder.build();
        builder.on(0, 20);

        assertThat(before).isEqualTo(roll(new int[] {10}));
        assertThat(builder.build()).isEqualTo(roll(new int[] {10, 20}));
    }

    @Test
    void countsTheKeysOfAStep() {
        PianoRoll.Builder builder =
                new PianoRoll.Builder(3).on(1, 2).on(1, 63).on(1, 64).on(1, 64);
        for (int key = 0; key < PianoRoll.KEYS; key++) {
            builder.on(2, key);
        }
        PianoRoll roll = builder.build();

        assertThat(roll.sounding(0)).isZero();
        assertThat(roll.sounding(1)).isEqualTo(3);
        assertThat(roll.sounding(2)).isEqualTo(88);
    }

    @Test
    void aSliceIsARollOfItsOwn() {
        PianoRoll roll = roll(new int[] {1}, new int[] {2, 70}, new int[] {}, new int[] {87});

        assertThat(roll.slice(1, 3)).isEqualTo(roll(new int[] {2, 70}, new int[] {}));
        assertThat(roll.slice(1, 3).on(-1, 1)).isFalse();
        assertThat(roll.slice(0, 4)).isEqualTo(roll);
        assertThat(roll.slice(2, 2).steps()).isZero();
        assertThat(roll.slice(3, 4).lowestKey()).isEqualTo(87);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "63, 63", "64, 64", "87, 87", "0, 87", "10, 63", "10, 64", "65, 80"})
    void knowsTheLowestAndTheHighestKeyOfAllSteps(int lowest, int highest) {
        for (boolean rising : new boolean[] {false, true}) {
            PianoRoll roll = roll(new int[] {rising ? lowest : highest}, new int[] {}, new int[] {
                rising ? highest : lowest, (lowest + highest) / 2
            });

            assertThat(roll.lowestKey()).isEqualTo(lowest);
            assertThat(roll.highestKey()).isEqualTo(highest);
        }
    }

    @Test
    void silenceHasNoLowestAndNoHighestKey() {
        for (PianoRoll silence : new PianoRoll[] {roll(), roll(new int[] {}, new int[] {})}) {
            assertThat(silence.lowestKey()).isEqualTo(PianoRoll.KEYS);
            assertThat(silence.highestKey()).isEqualTo(-1);
        }
    }

    @Test
    void rollsOfTheSameKeysInTheSameStepsAreEqual() {
        PianoRoll roll = roll(new int[] {1, 70}, new int[] {});

        assertThat(roll)
                .isEqualTo(roll(new int[] {70, 1}, new int[] {}))
                .hasSameHashCodeAs(roll(new int[] {70, 1}, new int[] {}));
        assertThat(roll)
                .isNotEqualTo(roll(new int[] {1, 71}, new int[] {}))
                .isNotEqualTo(roll(new int[] {1, 70}))
                .isNotEqualTo(roll(new int[] {}, new int[] {1, 70}))
                .isNotEqualTo(null)
                .isNotEqualTo("PianoRoll[2 steps]");
        assertThat(roll).hasToString("PianoRoll[2 steps]");
    }
}
