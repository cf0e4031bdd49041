package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class KeyStateTest {
    @Test
    void followsOneNoteFromItsOnsetToItsEndAndBeyond() {
        KeyState state = new KeyState();
        state.strike(7, 40, 10);

        assertThat(state.remaining(40, 0)).isEqualTo(10);
        assertThat(state.remaining(40, 9)).isEqualTo(1);
        assertThat(state.endsAt(40, 9)).isFalse();
        assertThat(state.endsAt(40, 10)).isTrue();
        assertThat(state.remaining(40, 10)).isZero();
        assertThat(state.age(40, 25)).isEqualTo(25);
        assertThat(state.remaining(41, 0)).isZero();
        assertThat(state.endsAt(41, 0)).isFalse();
        assertThat(state.age(41, 3)).isEqualTo(KeyState.NEVER);

        state.strike(10, 50, 1);
        assertThat(state.endsAt(40, 0)).isTrue();
        state.strike(1, 50, 4);
        assertThat(state.endsAt(40, 0)).isFalse();
        assertThat(state.age(40, 0)).isEqualTo(11);
    }

    @Test
    void agreesWithAListOfNotes() {
        SplittableRandom random = new SplittableRandom(5);
        KeyState state = new KeyState();
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
            state.strike(interval, key, duration);
            int ahead = random.nextInt(20);
            long latest = 0;
            for (int k = 0; k < PerformerEncoding.KEYS; k++) {
                boolean ever = struck[k] >= 0;
                long left = ever ? Math.max(0, ends[k] - now - ahead) : 0;
                latest = Math.max(latest, left);
                assertThat(state.remaining(k, ahead)).isEqualTo((int) left);
                assertThat(state.endsAt(k, ahead)).isEqualTo(ever && ends[k] == now + ahead);
                assertThat(state.age(k, ahead)).isEqualTo(ever ? (int) (now + ahead - struck[k]) : KeyState.NEVER);
            }
            assertThat(state.latestEnd(ahead)).isEqualTo((int) latest);
        }
    }

    @Test
    void remembersTheEndsOfTheLastNotes() {
        KeyState state = new KeyState();
        assertThat(state.lastEnd(0, 0)).isZero();
        state.strike(0, 1, 30);
        state.strike(5, 2, 10);
        state.strike(2, 3, 40);
        state.strike(0, 4, 6);

        assertThat(state.lastEnd(0, 0)).isEqualTo(6);
        assertThat(state.lastEnd(1, 0)).isEqualTo(40);
        assertThat(state.lastEnd(2, 0)).isEqualTo(8);
        assertThat(state.lastEnd(2, 8)).isZero();
        assertThat(state.lastEnd(1, 8)).isEqualTo(32);
    }

    @Test
    void isClearedAndCopied() {
        KeyState state = new KeyState();
        state.strike(1, 2, 3);
        KeyState copy = new KeyState();
        copy.set(state);
        state.clear();

        assertThat(copy.remaining(2, 1)).isEqualTo(2);
        assertThat(state.remaining(2, 1)).isZero();
        assertThat(state.age(2, 0)).isEqualTo(KeyState.NEVER);
    }

    @Test
    void veryLongTimesDoNotOverflow() {
        KeyState state = new KeyState();
        state.strike(0, 5, Integer.MAX_VALUE);
        state.strike(Integer.MAX_VALUE, 6, 1);
        state.strike(Integer.MAX_VALUE, 6, 1);

        assertThat(state.age(5, Integer.MAX_VALUE)).isEqualTo(KeyState.NEVER - 1);
        assertThat(state.remaining(5, 0)).isZero();
    }
}
