package dev.cadenza.music;

import java.util.ArrayList;
import java.util.List;

/** Makes notes playable: a key that is struck while it sounds ends the note it sounded. */
final class KeyStrokes {
    private KeyStrokes() {}

    /**
     * The notes of one channel, of which no two of a pitch sound at once: a note ends when its key is struck again, and
     * notes of one pitch that start together become one, as strong as the strongest and as long as the longest.
     *
     * @param notes by start tick
     */
    static List<Note> withoutOverlaps(List<Note> notes, int channel) {
        List<Note> kept = new ArrayList<>();
        int[] latest = new int[128];
        for (Note note : notes) {
            if (note.channel() != channel) {
                continue;
            }
            int previous = latest[note.pitch()] - 1;
            if (previous >= 0) {
                Note before = kept.get(previous);
                if (before.startTick() == note.startTick()) {
                    kept.set(previous, merged(before, note));
                    continue;
                }
                if (before.endTick() > note.startTick()) {
                    kept.set(previous, withDuration(before, note.startTick() - before.startTick()));
                }
            }
            kept.add(note);
            latest[note.pitch()] = kept.size();
        }
        return kept;
    }

    private static Note merged(Note a, Note b) {
        return new Note(
                a.channel(),
                a.pitch(),
                Math.max(a.velocity(), b.velocity()),
                a.startTick(),
                Math.max(a.durationTicks(), b.durationTicks()));
    }

    private static Note withDuration(Note note, long durationTicks) {
        return new Note(note.channel(), note.pitch(), note.velocity(), note.startTick(), durationTicks);
    }
}
