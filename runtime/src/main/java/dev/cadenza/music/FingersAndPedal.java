package dev.cadenza.music;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The notes of one channel as fingers and a sustain pedal play them: what ends at the same tick is released earlier and
 * held by the pedal until then. A reader that applies the pedal gets the same notes back, tick for tick.
 *
 * <p>The pedal goes down after the last end of another note, since it would hold that one too; a note that its own key's
 * next stroke ends is not held by it.
 *
 * @param notes by start
 * @param moves of the pedal, by tick
 */
record FingersAndPedal(List<Note> notes, List<Move> moves) {
    private static final int FEWEST_TOGETHER = 2;

    /** The pedal goes down or up. */
    record Move(long tick, boolean down) {}

    /** @param notes of one channel, by start, no two of a key at the same time */
    static FingersAndPedal of(List<Note> notes) {
        TreeMap<Long, List<Integer>> ends = ends(notes);
        List<Note> played = new ArrayList<>(notes);
        List<Move> moves = new ArrayList<>();
        long before = -1;
        for (Map.Entry<Long, List<Integer>> end : ends.entrySet()) {
            long down = before + 1;
            before = end.getKey();
            List<Integer> held = end.getValue().stream()
                    .filter(place -> release(notes.get(place), down) < end.getKey())
                    .toList();
            if (held.size() < FEWEST_TOGETHER) {
                continue;
            }
            long first = held.stream()
                    .mapToLong(place -> release(notes.get(place), down))
                    .min()
                    .getAsLong();
            for (int place : held) {
                Note note = notes.get(place);
                long ticks = release(note, down) - note.startTick();
                played.set(place, new Note(note.channel(), note.pitch(), note.velocity(), note.startTick(), ticks));
            }
            moves.add(new Move(Math.max(down, first - 1), true));
            moves.add(new Move(end.getKey(), false));
        }
        played.sort(Comparator.comparingLong(Note::startTick));
        return new FingersAndPedal(List.copyOf(played), List.copyOf(moves));
    }

    /** When the finger lets go: half-way, and not before the pedal can be down. */
    private static long release(Note note, long down) {
        return Math.max(down + 1, note.startTick() + (note.durationTicks() + 1) / 2);
    }

    /** Which notes end at a tick, without those that end because their key is struck again. */
    private static TreeMap<Long, List<Integer>> ends(List<Note> notes) {
        TreeMap<Long, List<Integer>> ends = new TreeMap<>();
        Map<Integer, Long> nextStart = new HashMap<>();
        for (int place = notes.size() - 1; place >= 0; place--) {
            Note note = notes.get(place);
            Long next = nextStart.put(note.pitch(), note.startTick());
            if (next == null || next != note.endTick()) {
                ends.computeIfAbsent(note.endTick(), tick -> new ArrayList<>()).add(place);
            }
        }
        return ends;
    }
}
