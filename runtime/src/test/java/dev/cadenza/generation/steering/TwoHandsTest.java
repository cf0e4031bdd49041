package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoHandsTest {
    @Test
    void tenKeysInTwoHandsFitAndElevenDoNot() {
        assertThat(fit(36, 38, 40, 43, 48, 60, 62, 64, 67, 72)).isTrue();
        assertThat(fit(36, 38, 40, 43, 48, 60, 62, 64, 67, 72, 73)).isFalse();
    }

    @Test
    void aHandReachesItsSpanAndNoMore() {
        assertThat(fit(40, 54, 70, 84)).isTrue();
        assertThat(fit(40, 60, 84)).isFalse();
        assertThat(new TwoHands(20).fit(new int[] {40, 60, 84}, 3)).isTrue();
    }

    @Test
    void sixKeysInAHandsReachTakeTheOtherHandToo() {
        assertThat(fit(60, 61, 62, 63, 64, 65)).isTrue();
        assertThat(fit(60, 61, 62, 63, 64, 65, 90)).isFalse();
    }

    @Test
    void theSameKeyCountsOnce() {
        assertThat(fit(60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60)).isTrue();
    }

    @Test
    void agreesWithTryingEverySplit() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            int[] keys = random.ints(1 + random.nextInt(11), 40, 80)
                    .sorted()
                    .distinct()
                    .toArray();
            assertThat(TwoHands.STANDARD.fit(keys, keys.length)).isEqualTo(bySplitting(keys));
        }
    }

    @Test
    void aSpanOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> new TwoHands(6)).hasMessageContaining("span (6) must be 7..24");
        assertThatThrownBy(() -> new TwoHands(25)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean fit(int... keys) {
        return TwoHands.STANDARD.fit(keys, keys.length);
    }

    private static boolean bySplitting(int[] sorted) {
        for (int left = 0; left <= sorted.length; left++) {
            int right = sorted.length - left;
            boolean leftFits = left == 0 || (left <= 5 && sorted[left - 1] - sorted[0] <= 14);
            boolean rightFits = right == 0 || (right <= 5 && sorted[sorted.length - 1] - sorted[left] <= 14);
            if (leftFits && rightFits) {
                return true;
            }
        }
        return false;
    }
}
