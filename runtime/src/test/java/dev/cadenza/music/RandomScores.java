package dev.cadenza.music;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random scores for tests, by kind; the same for the same source of chance. No key sounds twice at once. */
public final class RandomScores {
    private static final int[] TICKS_PER_QUARTER = {1, 24, 96, 384, 480, 500, 960, 32767};

    /** What a score is like. */
    public enum Kind {
        /** One channel, one tempo. */
        PIANO,
        /** Many notes at one tick. */
        CHORDS,
        /** All sixteen channels, percussion included. */
        ENSEMBLE,
        /** A new tempo every few notes. */
        RUBATO,
        /** Tempo, time, key and program changes all over. */
        NOTATION,
        /** Gaps longer than a delta time can say. */
        SPARSE,
        /** Nothing to hear. */
        SILENT
    }

    private final RandomGenerator random;

    /** Draws from the given source. */
    public RandomScores(RandomGenerator random) {
        this.random = random;
    }

    /** A score of a kind. */
    public Score next(Kind kind) {
        int ticksPerQuarter = TICKS_PER_QUARTER[random.nextInt(TICKS_PER_QUARTER.length)];
        int count = kind == Kind.SILENT ? 0 : 1 + random.nextInt(300);
        int channels = kind == Kind.ENSEMBLE ? 16 : 1;
        long longestGap = kind == Kind.SPARSE ? 1L << 29 : 2L * ticksPerQuarter;
        List<Note> notes = notes(kind == Kind.SPARSE ? Math.min(count, 20) : count, channels, longestGap, kind);
        long end = notes.stream().mapToLong(Note::endTick).max().orElse(10_000);
        boolean notation = kind == Kind.NOTATION || kind == Kind.SILENT;
        return new Score(
                TempoMap.of(ticksPerQuarter, tempos(notation || kind == Kind.RUBATO ? 1 + random.nextInt(40) : 0, end)),
                notation ? timeSignatures(end) : List.of(),
                notation ? keySignatures(end) : List.of(),
                notation || kind == Kind.ENSEMBLE ? programChanges(end, 16) : programChanges(1, 1),
                notes);
    }

    private List<Note> notes(int count, int channels, long longestGap, Kind kind) {
        long[] keyFree = new long[16 * 128];
        List<Note> notes = new ArrayList<>();
        long tick = 0;
        for (int i = 0; i < count; i++) {
            if (kind != Kind.CHORDS || i % 6 == 0) {
                tick += random.nextLong(longestGap);
            }
            int channel = random.nextInt(channels);
            int pitch = random.nextInt(128);
            int key = channel << 7 | pitch;
            if (keyFree[key] <= tick) {
                long duration = 1 + random.nextLong(longestGap);
                notes.add(new Note(channel, pitch, 1 + random.nextInt(127), tick, duration));
                keyFree[key] = tick + duration;
            }
        }
        return notes;
    }

    private List<TempoChange> tempos(int count, long end) {
        List<TempoChange> tempos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tempos.add(new TempoChange(random.nextLong(end), 1 + random.nextInt(2_000_000)));
        }
        return tempos;
    }

    private List<TimeSignature> timeSignatures(long end) {
        List<TimeSignature> times = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            times.add(new TimeSignature(random.nextLong(end), 1 + random.nextInt(255), 1 << random.nextInt(16)));
        }
        return times;
    }

    private List<KeySignature> keySignatures(long end) {
        List<KeySignature> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            keys.add(new KeySignature(random.nextLong(end), random.nextInt(-7, 8), random.nextBoolean()));
        }
        return keys;
    }

    private List<ProgramChange> programChanges(long end, int channels) {
        List<ProgramChange> changes = new ArrayList<>();
        for (int i = 0; i < 2 * channels; i++) {
            changes.add(new ProgramChange(random.nextLong(end), random.nextInt(channels), random.nextInt(128)));
        }
        return changes;
    }
}
