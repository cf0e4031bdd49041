package dev.cadenza.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TempoMapTest {
    @Test
    void aFileWithoutTempoPlaysAt120() {
        TempoMap map = TempoMap.of(480, List.of());
        assertThat(map.changes()).containsExactly(new TempoChange(0, 500_000));
        assertThat(map.microsAt(960)).isEqualTo(1_000_000);
    }

    @Test
    void timeRunsAtTheTempoOfEachStretch() {
        TempoMap map = TempoMap.of(100, List.of(new TempoChange(300, 2_000_000), new TempoChange(100, 1_000_000)));
        assertThat(map.microsAt(100)).isEqualTo(500_000);
        assertThat(map.microsAt(300)).isEqualTo(2_500_000);
        assertThat(map.microsAt(350)).isEqualTo(3_500_000);
        assertThat(map.tickAt(3_500_000)).isEqualTo(350);
        assertThat(map.tickAt(2_500_000)).isEqualTo(300);
    }

    @Test
    void theLastTempoGivenAtATickHolds() {
        TempoMap map = TempoMap.of(100, List.of(new TempoChange(0, 1), new TempoChange(0, 7)));
        assertThat(map).isEqualTo(TempoMap.constant(100, 7)).hasSameHashCodeAs(TempoMap.constant(100, 7));
        assertThat(map).isNotEqualTo(TempoMap.constant(101, 7)).isNotEqualTo(TempoMap.constant(100, 8));
    }

    @Test
    void roundingIsToTheNearest() {
        TempoMap thirds = TempoMap.constant(3, 1_000_000);
        assertThat(thirds.microsAt(1)).isEqualTo(333_333);
        assertThat(thirds.microsAt(2)).isEqualTo(666_667);
        assertThat(thirds.tickAt(166_666)).isEqualTo(0);
        assertThat(thirds.tickAt(166_667)).isEqualTo(1);
        assertThat(thirds.gridStepAt(1, 10)).isEqualTo(3);
        assertThat(thirds.gridStepAt(2, 10)).isEqualTo(7);
        assertThat(TempoMap.constant(2, 1_000_000).gridStepAt(1, 1))
                .as("half a step goes up")
                .isEqualTo(1);
    }

    @Test
    void theTicksWithinATimeOfATickAreTheOutermost() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            List<TempoChange> tempos = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                tempos.add(new TempoChange(random.nextInt(400), 1 + random.nextInt(3_000_000)));
            }
            int ticksPerQuarter = 1 + random.nextInt(500);
            TempoMap map = TempoMap.of(ticksPerQuarter, tempos);
            long tick = random.nextInt(600);
            long micros = random.nextInt(200_000);
            long first = map.earliestWithin(tick, micros);
            long last = map.latestWithin(tick, micros);
            assertThat(tick).isBetween(first, last);
            assertThat(exactTime(map, tick) - exactTime(map, first)).isLessThanOrEqualTo(micros * ticksPerQuarter);
            assertThat(exactTime(map, last) - exactTime(map, tick)).isLessThanOrEqualTo(micros * ticksPerQuarter);
            assertThat(first == 0 || exactTime(map, tick) - exactTime(map, first - 1) > micros * ticksPerQuarter)
                    .isTrue();
            assertThat(exactTime(map, last + 1) - exactTime(map, tick)).isGreaterThan(micros * ticksPerQuarter);
        }
        assertThat(TempoMap.constant(1, 1).latestWithin(TempoMap.LAST_TICK, 10)).isEqualTo(TempoMap.LAST_TICK);
    }

    /** In microseconds times ticks per quarter, counted tick by tick. */
    private static long exactTime(TempoMap map, long tick) {
        long time = 0;
        int change = 0;
        for (long at = 0; at < tick; at++) {
            while (change + 1 < map.changes().size()
                    && map.changes().get(change + 1).tick() <= at) {
                change++;
            }
            time += map.changes().get(change).microsPerQuarter();
        }
        return time;
    }

    @Test
    void theLastTickHasATimeAtTheSlowestTempo() {
        TempoMap map = TempoMap.constant(1, TempoChange.SLOWEST);
        long micros = map.microsAt(TempoMap.LAST_TICK);
        assertThat(micros).isEqualTo(TempoMap.LAST_TICK * TempoChange.SLOWEST);
        assertThat(map.tickAt(micros)).isEqualTo(TempoMap.LAST_TICK);
        assertThat(map.tickAtGridStep(map.gridStepAt(1L << 37, 1_000_000), 1_000_000))
                .isEqualTo(1L << 37);
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        TempoMap map = TempoMap.constant(480, 500_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TempoMap.constant(0, 1))
                .withMessage("ticksPerQuarter (0) must be in 1..32767");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TempoMap.constant(1, 0))
                .withMessage("microsPerQuarter (0) must be in 1..16777215");
        assertThatIllegalArgumentException().isThrownBy(() -> map.microsAt(-1)).withMessageStartingWith("tick (-1)");
        assertThatIllegalArgumentException().isThrownBy(() -> map.tickAt(-1)).withMessageStartingWith("micros (-1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.tickAt(Long.MAX_VALUE))
                .withMessageStartingWith("micros");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.gridStepAt(0, 0))
                .withMessageStartingWith("stepsPerSecond (0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.tickAtGridStep(-1, 10))
                .withMessageStartingWith("step (-1)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyConversionAgreesWithExactArithmetic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int ticksPerQuarter = 1 + random.nextInt(32767);
        List<TempoChange> changes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            changes.add(new TempoChange(random.nextLong(1_000_000), 1 + random.nextInt(TempoChange.SLOWEST)));
        }
        TempoMap map = TempoMap.of(ticksPerQuarter, changes);
        for (int i = 0; i < 500; i++) {
            long tick = random.nextLong(1_200_000);
            int stepsPerSecond = 1 + random.nextInt(1_000_000);
            BigDecimal micros = exactMicrosTimesTicksPerQuarter(map, tick);
            assertThat(map.microsAt(tick)).isEqualTo(rounded(micros, BigDecimal.valueOf(ticksPerQuarter)));
            long step = map.gridStepAt(tick, stepsPerSecond);
            assertThat(step)
                    .isEqualTo(rounded(
                            micros.multiply(BigDecimal.valueOf(stepsPerSecond)),
                            BigDecimal.valueOf(1_000_000L * ticksPerQuarter)));
            assertNoNearerTick(map, step, stepsPerSecond);
        }
    }

    private static void assertNoNearerTick(TempoMap map, long step, int stepsPerSecond) {
        long tick = map.tickAtGridStep(step, stepsPerSecond);
        BigDecimal time = BigDecimal.valueOf(step)
                .multiply(BigDecimal.valueOf(1_000_000L * map.ticksPerQuarter()))
                .divide(BigDecimal.valueOf(stepsPerSecond), 20, RoundingMode.HALF_UP);
        BigDecimal error =
                exactMicrosTimesTicksPerQuarter(map, tick).subtract(time).abs();
        for (long other = Math.max(0, tick - 1); other <= tick + 1; other++) {
            // Half a unit of 1/ticksPerQuarter microseconds is what the one rounding on the way may cost.
            assertThat(exactMicrosTimesTicksPerQuarter(map, other)
                            .subtract(time)
                            .abs())
                    .isGreaterThanOrEqualTo(error.subtract(BigDecimal.ONE));
        }
    }

    private static BigDecimal exactMicrosTimesTicksPerQuarter(TempoMap map, long tick) {
        BigDecimal time = BigDecimal.ZERO;
        List<TempoChange> changes = map.changes();
        for (int i = 0; i < changes.size() && changes.get(i).tick() < tick; i++) {
            long end =
                    i + 1 < changes.size() ? Math.min(tick, changes.get(i + 1).tick()) : tick;
            time = time.add(BigDecimal.valueOf(end - changes.get(i).tick())
                    .multiply(BigDecimal.valueOf(changes.get(i).microsPerQuarter())));
        }
        return time;
    }

    private static long rounded(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, 0, RoundingMode.HALF_UP).longValueExact();
    }
}
