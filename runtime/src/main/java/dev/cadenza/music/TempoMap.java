package dev.cadenza.music;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The clock of a score: where a tick lies in time, and which tick lies nearest to a time.
 *
 * <p>All conversions between ticks and time are in this class. They are exact up to the one rounding at their end: the
 * time of a tick is kept as a whole number of 1/ticksPerQuarter microseconds, so that no error adds up over tempo
 * changes. Immutable, compares by content; a conversion costs a binary search over the tempo changes.
 */
public final class TempoMap {
    /** The largest tick: 2^38 - 1, small enough that no conversion overflows 64 bits at any tempo. */
    public static final long LAST_TICK = (1L << 38) - 1;

    /** The tempo of a MIDI file that names none: 120 quarters per minute. */
    public static final int DEFAULT_MICROS_PER_QUARTER = 500_000;

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final int ticksPerQuarter;
    private final List<TempoChange> changes;
    private final long[] changeTicks;
    /** The time of each change in microseconds times ticksPerQuarter. */
    private final long[] changeTimes;

    private TempoMap(int ticksPerQuarter, List<TempoChange> changes) {
        this.ticksPerQuarter = ticksPerQuarter;
        this.changes = changes;
        changeTicks = new long[changes.size()];
        changeTimes = new long[changes.size()];
        for (int i = 1; i < changeTicks.length; i++) {
            changeTicks[i] = changes.get(i).tick();
            changeTimes[i] = changeTimes[i - 1]
                    + (changeTicks[i] - changeTicks[i - 1]) * changes.get(i - 1).microsPerQuarter();
        }
    }

    /**
     * A clock with tempo changes, given in any order; of several at one tick the last given holds. When none is at tick
     * 0 the piece begins with {@link #DEFAULT_MICROS_PER_QUARTER}.
     *
     * @param ticksPerQuarter ticks per quarter note, 1..32767
     * @throws IllegalArgumentException when ticksPerQuarter is out of range
     */
    public static TempoMap of(int ticksPerQuarter, List<TempoChange> changes) {
        Ranges.check("ticksPerQuarter", ticksPerQuarter, 1, 0x7FFF);
        List<TempoChange> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingLong(TempoChange::tick));
        List<TempoChange> kept = new ArrayList<>(sorted.size() + 1);
        if (sorted.isEmpty() || sorted.get(0).tick() > 0) {
            kept.add(new TempoChange(0, DEFAULT_MICROS_PER_QUARTER));
        }
        for (TempoChange change : sorted) {
            if (!kept.isEmpty() && kept.get(kept.size() - 1).tick() == change.tick()) {
                kept.remove(kept.size() - 1);
            }
            kept.add(change);
        }
        return new TempoMap(ticksPerQuarter, List.copyOf(kept));
    }

    /**
     * A clock that never changes.
     *
     * @param ticksPerQuarter ticks per quarter note, 1..32767
     * @param microsPerQuarter microseconds per quarter note, 1..16,777,215
     */
    public static TempoMap constant(int ticksPerQuarter, int microsPerQuarter) {
        return of(ticksPerQuarter, List.of(new TempoChange(0, microsPerQuarter)));
    }

    /** Ticks a quarter note, 1..32767. */
    public int ticksPerQuarter() {
        return ticksPerQuarter;
    }

    /** The tempo changes by ascending tick, one a tick, the first at tick 0. */
    public List<TempoChange> changes() {
        return changes;
    }

    /**
     * The time of a tick in microseconds since tick 0, to the nearest (halves up).
     *
     * @param tick 0..{@link #LAST_TICK}
     */
    public long microsAt(long tick) {
        return roundedQuotient(timeOf(tick), ticksPerQuarter);
    }

    /**
     * The tick that lies nearest to a time (halves up).
     *
     * @param micros microseconds since tick 0, at least 0 and not after {@link #LAST_TICK}
     */
    public long tickAt(long micros) {
        Ranges.check("micros", micros, 0, lastTime() / ticksPerQuarter);
        return tickAtTime(micros * ticksPerQuarter);
    }

    /**
     * The time of a tick on a grid of equal steps, to the nearest step (halves up): at most half a step away, wherever
     * the tick lies.
     *
     * @param tick 0..{@link #LAST_TICK}
     * @param stepsPerSecond steps of the grid a second, 1..1,000,000
     * @return steps since tick 0
     */
    public long gridStepAt(long tick, int stepsPerSecond) {
        Ranges.check("stepsPerSecond", stepsPerSecond, 1, MICROS_PER_SECOND);
        long time = timeOf(tick);
        long second = MICROS_PER_SECOND * ticksPerQuarter;
        return time / second * stepsPerSecond + roundedQuotient(time % second * stepsPerSecond, second);
    }

    /**
     * The tick that lies nearest to a step of a grid of equal steps (halves up).
     *
     * @param step steps since tick 0, at least 0 and not after {@link #LAST_TICK}
     * @param stepsPerSecond steps of the grid a second, 1..1,000,000
     */
    public long tickAtGridStep(long step, int stepsPerSecond) {
        Ranges.check("stepsPerSecond", stepsPerSecond, 1, MICROS_PER_SECOND);
        long second = MICROS_PER_SECOND * ticksPerQuarter;
        Ranges.check("step", step, 0, lastTime() / second * stepsPerSecond);
        return tickAtTime(
                step / stepsPerSecond * second + roundedQuotient(step % stepsPerSecond * second, stepsPerSecond));
    }

    /**
     * The first tick that lies at most so long before a tick.
     *
     * @param tick 0..{@link #LAST_TICK}
     * @param micros microseconds, at least 0
     */
    public long earliestWithin(long tick, long micros) {
        long time = Math.max(0, timeOf(tick) - micros * ticksPerQuarter);
        long before = tickAtOrBefore(time);
        return timeOf(before) < time ? before + 1 : before;
    }

    /**
     * The last tick that lies at most so long after a tick.
     *
     * @param tick 0..{@link #LAST_TICK}
     * @param micros microseconds, at least 0
     */
    public long latestWithin(long tick, long micros) {
        return Math.min(LAST_TICK, tickAtOrBefore(timeOf(tick) + micros * ticksPerQuarter));
    }

    private long tickAtOrBefore(long time) {
        int i = indexAtOrBefore(changeTimes, time);
        return changeTicks[i] + (time - changeTimes[i]) / changes.get(i).microsPerQuarter();
    }

    private long lastTime() {
        return timeOf(LAST_TICK);
    }

    private long timeOf(long tick) {
        Ranges.check("tick", tick, 0, LAST_TICK);
        int i = indexAtOrBefore(changeTicks, tick);
        return changeTimes[i] + (tick - changeTicks[i]) * changes.get(i).microsPerQuarter();
    }

    private long tickAtTime(long time) {
        int i = indexAtOrBefore(changeTimes, time);
        return changeTicks[i]
                + roundedQuotient(time - changeTimes[i], changes.get(i).microsPerQuarter());
    }

    private static int indexAtOrBefore(long[] ascending, long value) {
        int found = Arrays.binarySearch(ascending, value);
        return found >= 0 ? found : -found - 2;
    }

    private static long roundedQuotient(long dividend, long divisor) {
        return (dividend + divisor / 2) / divisor;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TempoMap map && ticksPerQuarter == map.ticksPerQuarter && changes.equals(map.changes);
    }

    @Override
    public int hashCode() {
        return 31 * ticksPerQuarter + changes.hashCode();
    }

    @Override
    public String toString() {
        return "TempoMap[ticksPerQuarter=" + ticksPerQuarter + ", changes=" + changes + "]";
    }
}
