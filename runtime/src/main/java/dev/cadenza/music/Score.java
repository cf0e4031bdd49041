package dev.cadenza.music;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A piece: its notes, its clock, and what its notation says about tempo, time, key and instruments.
 *
 * <p>Immutable and in one canonical order, so that two scores with the same content are equal however they were put
 * together. The lists may be given in any order; they are copied.
 *
 * @param tempoMap the clock that gives ticks their time
 * @param timeSignatures by tick; of several at one tick the last given is kept
 * @param keySignatures by tick; of several at one tick the last given is kept
 * @param programChanges by tick and channel; of several at one tick on one channel the last given is kept
 * @param notes by start tick, pitch, channel, velocity and duration; percussion included
 */
public record Score(
        TempoMap tempoMap,
        List<TimeSignature> timeSignatures,
        List<KeySignature> keySignatures,
        List<ProgramChange> programChanges,
        List<Note> notes) {

    private static final Comparator<Note> NOTE_ORDER = (a, b) -> {
        if (a.startTick() != b.startTick()) {
            return Long.compare(a.startTick(), b.startTick());
        }
        if (a.pitch() != b.pitch()) {
            return Integer.compare(a.pitch(), b.pitch());
        }
        if (a.channel() != b.channel()) {
            return Integer.compare(a.channel(), b.channel());
        }
        if (a.velocity() != b.velocity()) {
            return Integer.compare(a.velocity(), b.velocity());
        }
        return Long.compare(a.durationTicks(), b.durationTicks());
    };

    public Score {
        timeSignatures = lastOfEach(timeSignatures, Comparator.comparingLong(TimeSignature::tick));
        keySignatures = lastOfEach(keySignatures, Comparator.comparingLong(KeySignature::tick));
        programChanges = lastOfEach(
                programChanges, Comparator.comparingLong(ProgramChange::tick).thenComparingInt(ProgramChange::channel));
        List<Note> sorted = new ArrayList<>(notes);
        sorted.sort(NOTE_ORDER);
        notes = List.copyOf(sorted);
    }

    /** A score of notes and a clock alone. */
    public static Score of(TempoMap tempoMap, List<Note> notes) {
        return new Score(tempoMap, List.of(), List.of(), List.of(), notes);
    }

    /** Ticks a quarter note, 1..32767. */
    public int ticksPerQuarter() {
        return tempoMap.ticksPerQuarter();
    }

    /** The tick at which the last note ends; 0 without notes. */
    public long endTick() {
        long end = 0;
        for (Note note : notes) {
            end = Math.max(end, note.endTick());
        }
        return end;
    }

    /** The time from tick 0 to the end of the last note, in microseconds; 0 without notes. */
    public long durationMicros() {
        return tempoMap.microsAt(endTick());
    }

    private static <T> List<T> lastOfEach(List<T> values, Comparator<T> order) {
        List<T> sorted = new ArrayList<>(values);
        sorted.sort(order);
        List<T> kept = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            if (i + 1 == sorted.size() || order.compare(sorted.get(i), sorted.get(i + 1)) != 0) {
                kept.add(sorted.get(i));
            }
        }
        return List.copyOf(kept);
    }
}
