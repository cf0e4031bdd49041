package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DensityLimitTest {
    @Test
    void eightNotesMayComeAsTheyLike() {
        DensityLimit limit = new DensityLimit(100);
        for (int note = 0; note < 7; note++) {
            limit.heard(0);
            assertThat(limit.earliest(6)).isZero();
            assertThat(limit.latest(6)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void chordsAreFollowedByTheTimeThatTheyTook() {
        DensityLimit limit = new DensityLimit(100);
        for (int note = 0; note < 8; note++) {
            limit.heard(0);
        }

        // 8 notes at 6.9 per second take 116 ticks; no wait is longer than two notes.
        assertThat(limit.earliest(6)).isEqualTo(33);
    }

    @Test
    void whateverIsDrawnTheDensityIsAsAsked() {
        for (double asked : new double[] {0.5, 2, 6, 15}) {
            DensityLimit limit = new DensityLimit(100);
            Random random = new Random(3);
            long ticks = 0;
            for (int note = 0; note < 400; note++) {
                int drawn = random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(3);
                int interval = Math.max(limit.earliest(asked), Math.min(limit.latest(asked), drawn));
                limit.heard(interval);
                ticks += interval;
            }
            assertThat(400 * 100.0 / ticks).as("density %s", asked).isBetween(asked / 1.3, asked * 1.3);
        }
    }
}
