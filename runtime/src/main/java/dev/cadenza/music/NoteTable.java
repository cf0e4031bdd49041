package dev.cadenza.music;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The notes of a file while it is read, in flat columns. Ends are matched within a track: the first end of a key closes
 * the note of it that has sounded longest.
 */
final class NoteTable {
    private static final int KEYS = 16 * 128;
    private static final int NONE = -1;
    private static final int TICK_BITS = Long.SIZE - Long.numberOfLeadingZeros(TempoMap.LAST_TICK);

    private int size;
    private int[] keys = new int[256];
    private int[] velocities = new int[256];
    private long[] starts = new long[256];
    private long[] ends = new long[256];
    /** The next note of the same key that is open in this track. */
    private int[] nextOpen = new int[256];

    private final int[] oldestOpen = new int[KEYS];
    private final int[] newestOpen = new int[KEYS];

    NoteTable() {
        Arrays.fill(oldestOpen, NONE);
        Arrays.fill(newestOpen, NONE);
    }

    void open(int channel, int pitch, int velocity, long tick) {
        if (size == keys.length) {
            grow();
        }
        int key = channel << 7 | pitch;
        keys[size] = key;
        velocities[size] = velocity;
        starts[size] = tick;
        nextOpen[size] = NONE;
        if (oldestOpen[key] == NONE) {
            oldestOpen[key] = size;
        } else {
            nextOpen[newestOpen[key]] = size;
        }
        newestOpen[key] = size;
        size++;
    }

    /** Ends the oldest open note of a key; nothing happens when none is open. */
    void close(int channel, int pitch, long tick) {
        int key = channel << 7 | pitch;
        int note = oldestOpen[key];
        if (note != NONE) {
            ends[note] = Math.max(tick, starts[note] + 1);
            oldestOpen[key] = nextOpen[note];
        }
    }

    void closeChannel(int channel, long tick) {
        for (int pitch = 0; pitch < 128; pitch++) {
            while (oldestOpen[channel << 7 | pitch] != NONE) {
                close(channel, pitch, tick);
            }
        }
    }

    void closeTrack(long tick) {
        for (int channel = 0; channel < 16; channel++) {
            closeChannel(channel, tick);
        }
    }

    /** Lengthens every note whose key is released while its channel's pedal is down. */
    void sustain(SustainPedals pedals, long lastTick) {
        long[] strikes = new long[size];
        for (int i = 0; i < size; i++) {
            strikes[i] = strike(keys[i], starts[i]);
        }
        Arrays.sort(strikes);
        for (int i = 0; i < size; i++) {
            long lift = pedals.liftAfter(keys[i] >> 7, ends[i], lastTick);
            if (lift > ends[i]) {
                ends[i] = Math.min(lift, nextStrike(strikes, keys[i], ends[i]));
            }
        }
    }

    private static long nextStrike(long[] strikes, int key, long tick) {
        int found = Arrays.binarySearch(strikes, strike(key, tick));
        int next = found >= 0 ? found : -found - 1;
        boolean sameKey = next < strikes.length && strikes[next] >> TICK_BITS == key;
        return sameKey ? strikes[next] & TempoMap.LAST_TICK : Long.MAX_VALUE;
    }

    /** Key and tick in one number that sorts by both. */
    private static long strike(int key, long tick) {
        return (long) key << TICK_BITS | tick;
    }

    List<Note> toNotes() {
        List<Note> notes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            notes.add(new Note(keys[i] >> 7, keys[i] & 0x7F, velocities[i], starts[i], ends[i] - starts[i]));
        }
        return notes;
    }

    private void grow() {
        int capacity = size * 2;
        keys = Arrays.copyOf(keys, capacity);
        velocities = Arrays.copyOf(velocities, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        nextOpen = Arrays.copyOf(nextOpen, capacity);
    }
}
