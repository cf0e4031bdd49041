package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StuckKeysTest {
    private final StuckKeys stuck = new StuckKeys(100);

    @Test
    void aTrillEndsAfterSixSecondsWhateverTheOtherHandPlays() {
        for (int stroke = 0; stroke < 35; stroke++) {
            stuck.heard(10, 40);
            stuck.heard(3, 20 + stroke % 7);
            stuck.heard(7, 42);
            assertThat(stuck.isStuck(40)).as("after %d strokes", stroke).isEqualTo(stroke * 20 >= 600);
        }
        assertThat(stuck.isStuck(41)).isFalse();
    }

    @Test
    void aPauseEndsARun() {
        for (int stroke = 0; stroke < 20; stroke++) {
            stuck.heard(40, 40);
        }
        assertThat(stuck.isStuck(40)).isTrue();

        stuck.heard(51, 41);

        assertThat(stuck.isStuck(40)).isFalse();
    }

    @Test
    void aKeyTakesAtMost30Of64Notes() {
        for (int note = 0; note < 200; note++) {
            stuck.heard(60, note % 2 == 0 ? 40 : note % 37);
        }
        assertThat(stuck.isStuck(40)).isTrue();

        for (int note = 0; note < 10; note++) {
            stuck.heard(60, 50 + note);
        }

        assertThat(stuck.isStuck(40)).isFalse();
    }
}
