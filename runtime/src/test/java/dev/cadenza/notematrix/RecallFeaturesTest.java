package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecallFeaturesTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;

    private final RecallFeatures features = new RecallFeatures(new PerformerFeatures(ENCODING));
    private final int[] recall = {
        // score; the first that followed, three more, and the two before, of which one is missing
        150, 30, 60, 64, 100, 0, 64, 40, 90, 5, 60, 20, 3, 7, 108, 127, 2000, 9, 21, 1, 1, -1, -1, -1, -1
    };
    private final float level = features.levelTable()[150];

    private static float[] only(int width, float value, int... places) {
        float[] expected = new float[width];
        Arrays.stream(places).forEach(place -> expected[place] = value);
        return expected;
    }

    @Test
    void levelsGrowFromNoughtToOne() {
        float[] levels = features.levelTable();
        assertThat(levels).hasSize(Recall.BEST + 1);
        assertThat(levels[0]).isZero();
        assertThat(levels[Recall.BEST]).isEqualTo(1f);
        assertThat(levels[150]).isCloseTo((float) (Math.log(16) / Math.log(257)), within(1e-6f));
    }

    @Test
    void theNoteThatFollowed() {
        float[] to = new float[RecallFeatures.SCALARS + 1];
        to[6] = 7;
        features.scalars(recall, 0, to, 0);
        assertThat(to[0]).isEqualTo(level);
        assertThat(to[1]).isEqualTo(1f);
        assertThat(to[2]).isCloseTo((float) (Math.log(31) / Math.log(2001)), within(1e-6f));
        assertThat(to[3]).isEqualTo(39f / 87);
        assertThat(to[4]).isEqualTo(64f / 127);
        assertThat(to[5]).isCloseTo((float) (Math.log(101) / Math.log(2001)), within(1e-6f));
        assertThat(to[6]).isEqualTo(7f);
    }

    @Test
    void eachHeadSeesItsOwn() {
        float[] intervals = new float[ENCODING.intervals().count()];
        features.interval(recall, 0, intervals, 0);
        assertThat(intervals).isEqualTo(only(intervals.length, level, 30));

        float[] keys = new float[RecallFeatures.KEYS_WIDTH];
        features.keys(recall, 0, keys, 0);
        assertThat(keys).isEqualTo(only(keys.length, level, 39, 88 + 43, 88 + 39, 88 + 87, 176));

        float[] velocities = new float[ENCODING.velocityClasses()];
        float[] durations = new float[ENCODING.durations().count()];
        features.velocity(recall, 0, 60, velocities, 0);
        features.duration(recall, 0, 60, durations, 0);
        // The first of that pitch, not the third.
        assertThat(velocities).isEqualTo(only(velocities.length, level, 15));
        assertThat(durations)
                .isEqualTo(only(durations.length, level, ENCODING.durations().of(100)));

        features.velocity(recall, 0, 61, velocities, 0);
        assertThat(velocities).containsOnly(0f);
    }

    @Test
    void nothingRecalledIsNothingSeen() {
        Recall.writeNothing(recall, 0);
        float[] to = new float[RecallFeatures.KEYS_WIDTH];
        Arrays.fill(to, 3f);
        features.keys(recall, 0, to, 0);
        assertThat(to).containsOnly(0f);
        features.scalars(recall, 0, to, 0);
        assertThat(to).containsOnly(0f);
        features.interval(recall, 0, to, 0);
        assertThat(to).containsOnly(0f);
        features.duration(recall, 0, 60, to, 0);
        assertThat(to).containsOnly(0f);
    }
}
