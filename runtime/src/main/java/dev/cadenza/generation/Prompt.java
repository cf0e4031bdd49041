package dev.cadenza.generation;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;

/**
 * The music that a generation continues. All of it is kept as it is; percussion is kept too, but the model does not
 * hear it.
 *
 * @param score 1..{@link #MAX_NOTES} notes that are not percussion
 */
public record Prompt(Score score) {
    public static final int MAX_NOTES = 10_000;

    public Prompt {
        long notes = score.notes().stream().filter(note -> !note.isPercussion()).count();
        if (notes < 1 || notes > MAX_NOTES) {
            throw new IllegalArgumentException(
                    "prompt (" + notes + " notes besides percussion) must have 1.." + MAX_NOTES);
        }
    }

    /** The channel of the last note that is not percussion: the continuation is played on it. */
    int lastChannel() {
        int channel = 0;
        for (Note note : score.notes()) {
            if (!note.isPercussion()) {
                channel = note.channel();
            }
        }
        return channel;
    }
}
