package dev.cadenza.generation;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;

/**
 * The music that a generation continues. All of it is kept as it is; percussion and keys that the model does not have
 * are kept too, but the model does not read them. New notes come after all of it: none before the last onset, and the
 * first one later than it where the model did not read the last note.
 *
 * @param score 1..{@link #MAX_NOTES} notes that are not percussion
 */
public record Prompt(Score score) {
    public static final int MAX_NOTES = 10_000;

    public Prompt {
        long notes = score.notes().stream().filter(note -> !note.isPercussion()).count();
        if (notes < 1 || notes > MAX_NOTES) {
            throw new IllegalArgumentException(
                    "prompt (" + notes + " notes other than percussion) must have 1.." + MAX_NOTES);
        }
    }

    /** The tick at which the last note starts, of all that there are. */
    long lastStartTick() {
        return score.notes().get(score.notes().size() - 1).startTick();
    }

    /** When the last note starts, in seconds: new music counts from there. */
    public double lastOnsetSeconds() {
        return score.tempoMap().microsAt(lastStartTick()) / 1e6;
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
