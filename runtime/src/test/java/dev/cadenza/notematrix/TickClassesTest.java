package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TickClassesTest {
    @ParameterizedTest
    @CsvSource({"100, 24, 5000", "100, 24, 2000", "1, 3, 10", "5, 1, 5", "2, 30, 5000"})
    void everyTickUpToTheLongestHasTheClassThatHoldsIt(int exact, int buckets, int longest) {
        TickClasses classes = new TickClasses(exact, buckets, longest);
        int covered = 0;
        for (int ofClass = 0; ofClass < classes.count(); ofClass++) {
            assertThat(classes.start(ofClass)).isEqualTo(covered);
            assertThat(classes.width(ofClass)).isPositive();
            for (int tick = covered; tick < covered + classes.width(ofClass); tick++) {
                assertThat(classes.of(tick)).as("tick %d", tick).isEqualTo(ofClass);
            }
            covered += classes.width(ofClass);
        }

        assertThat(covered).isEqualTo(longest + 1);
        assertThat(classes.of(longest + 1)).isEqualTo(classes.count() - 1);
        assertThat(classes.of(Integer.MAX_VALUE)).isEqualTo(classes.count() - 1);
    }

    @Test
    void isExactFirstAndThenGrowsByAFactor() {
        TickClasses classes = new TickClasses(100, 24, 5000);

        assertThat(classes.count()).isEqualTo(124);
        assertThat(classes.width(99)).isEqualTo(1);
        assertThat(classes.start(100)).isEqualTo(100);
        // 100 x 50.01^(1/24) = 117.7, 100 x 50.01^(23/24) = 4249.
        assertThat(classes.start(101)).isEqualTo(118);
        assertThat(classes.start(123)).isEqualTo(4249);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new TickClasses(0, 1, 5)).hasMessageContaining("exact (0)");
        assertThatThrownBy(() -> new TickClasses(5, 3, 6)).hasMessageContaining("longest (6)");
        assertThatThrownBy(() -> new TickClasses(5, 3, Integer.MAX_VALUE)).hasMessageContaining("longest");
    }

    @Test
    void comparesByContent() {
        assertThat(new TickClasses(100, 24, 2000))
                .isEqualTo(new TickClasses(100, 24, 2000))
                .hasSameHashCodeAs(new TickClasses(100, 24, 2000))
                .isNotEqualTo(new TickClasses(100, 24, 5000));
    }
}
