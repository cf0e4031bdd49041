package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class KeyStateTest {
    @Test
    void followsOneNoteFromItsOnsetToItsEndAndBeyond() {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        state.strike(7, 40, 64, 10);

        assertThat(state.remaining(40, 0)).isEqualTo(10);
        assertThat(state.remaining(40, 9)).isEqualTo(1);
        assertThat(state.endsAt(40, 9)).isFalse();
        assertThat(state.endsAt(40, 10)).isTrue();
        assertThat(state.remaining(40, 10)).isZero();
        assertThat(state.age(40, 25)).isEqualTo(25);
        assertThat(state.remaining(41, 0)).isZero();
        assertThat(state.endsAt(41, 0)).isFalse();
        assertThat(state.age(41, 3)).isEqualTo(KeyState.OLDEST);

        state.strike(10, 50, 64, 1);
        assertThat(state.endsAt(40, 0)).isTrue();
        state.strike(1, 50, 64, 4);
        assertThat(state.endsAt(40, 0)).isFalse();
        assertThat(state.age(40, 0)).isEqualTo(11);
    }

    @Test
    void agreesWithAListOfNotes() {
        SplittableRandom random = new SplittableRandom(5);
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        long[] struck = new long[PerformerEncoding.KEYS];
        long[] ends = new long[PerformerEncoding.KEYS];
        java.util.Arrays.fill(struck, -1);
        long now = 0;
        for (int note = 0; note < 3000; note++) {
            int interval = random.nextInt(6);
            int key = random.nextInt(PerformerEncoding.KEYS);
            int duration = random.nextInt(1, 60);
            now += interval;
            struck[key] = now;
            ends[key] = now + duration;
            state.strike(interval, key, 64, duration);
            int ahead = random.nextInt(20);
            long latest = 0;
            for (int k = 0; k < PerformerEncoding.KEYS; k++) {
                boolean ever = struck[k] >= 0;
                long left = ever ? Math.max(0, ends[k] - now - ahead) : 0;
                latest = Math.max(latest, left);
                assertThat(state.remaining(k, ahead)).isEqualTo((int) left);
                assertThat(state.endsAt(k, ahead)).isEqualTo(ever && ends[k] == now + ahead);
                assertThat(state.age(k, ahead))
                        .isEqualTo(ever ? (int) Math.min(KeyState.OLDEST, now + ahead - struck[k]) : KeyState.OLDEST);
            }
            assertThat(state.latestEnd(ahead)).isEqualTo((int) latest);
        }
    }

    @Test
    void remembersTheEndsOfTheLastNotes() {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        assertThat(state.lastEnd(0, 0)).isZero();
        state.strike(0, 1, 64, 30);
        state.strike(5, 2, 64, 10);
        state.strike(2, 3, 64, 40);
        state.strike(0, 4, 64, 6);

        assertThat(state.lastEnd(0, 0)).isEqualTo(6);
        assertThat(state.lastEnd(1, 0)).isEqualTo(40);
        assertThat(state.lastEnd(2, 0)).isEqualTo(8);
        assertThat(state.lastEnd(2, 8)).isZero();
        assertThat(state.lastEnd(1, 8)).isEqualTo(32);
    }

    @Test
    void isClearedAndCopied() {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        state.strike(1, 2, 64, 3);
        KeyState copy = new KeyState(PerformerEncoding.STANDARD);
        copy.set(state);
        state.clear();

        assertThat(copy.remaining(2, 1)).isEqualTo(2);
        assertThat(state.remaining(2, 1)).isZero();
        assertThat(state.age(2, 0)).isEqualTo(KeyState.OLDEST);
    }

    @Test
    void veryLongTimesDoNotOverflow() {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        state.strike(0, 5, 64, Integer.MAX_VALUE);
        state.strike(Integer.MAX_VALUE, 6, 64, 1);
        state.strike(Integer.MAX_VALUE, 6, 64, 1);

        assertThat(state.age(5, Integer.MAX_VALUE)).isEqualTo(KeyState.OLDEST);
        assertThat(state.remaining(5, 0)).isZero();
    }

    @Test
    void goesThroughTensorsUnchanged() {
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        state.strike(3, 7, 90, 5000);
        state.strike(20, 80, 30, 12);
        int[] keys = new int[2 + 88 * KeyState.PER_KEY];
        int[] ends = new int[1 + KeyState.LAST_ENDS];
        state.write(keys, 2, ends, 1);

        assertThat(keys[2 + 7 * 3]).as("a note counts as 20 seconds at most").isEqualTo(1980);
        assertThat(keys[2 + 7 * 3 + 1]).isEqualTo(20);
        assertThat(keys[2 + 7 * 3 + 2]).isEqualTo(90);
        assertThat(keys).startsWith(0, 0, KeyState.PAST, KeyState.OLDEST, 0);
        assertThat(ends).containsExactly(0, 12, 1980, KeyState.PAST);

        KeyState other = new KeyState(PerformerEncoding.STANDARD);
        other.read(keys, 2, ends, 1);
        for (int key = 0; key < 88; key++) {
            assertThat(other.remaining(key, 1)).isEqualTo(state.remaining(key, 1));
            assertThat(other.age(key, 1)).isEqualTo(state.age(key, 1));
            assertThat(other.velocity(key)).isEqualTo(state.velocity(key));
        }
        assertThat(other.lastEnd(1, 5)).isEqualTo(1975);
    }
}
