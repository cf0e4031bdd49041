package dev.cadenza.generation;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Where a prompt ends, which is where new notes count from.
 *
 * @param onset the last onset of all its notes, in ticks of the model; 0 without a prompt
 * @param heard whether the model read the last note; if not, the first new note starts later than it
 */
record PromptEnd(long onset, boolean heard) {
    /** @param heard what the model read of the prompt; empty without one */
    static PromptEnd of(@Nullable Prompt prompt, NoteMatrix heard) {
        if (prompt == null) {
            return new PromptEnd(0, true);
        }
        int ticksPerSecond = heard.ticksPerSecond();
        NoteMatrix pitched = NoteMatrix.of(prompt.score(), ticksPerSecond);
        long lastHeard = heard.onsetTick(heard.size() - 1);
        long lastPitched = pitched.onsetTick(pitched.size() - 1);
        long lastPercussion = lastPercussion(prompt.score(), ticksPerSecond);
        boolean all = lastPitched == lastHeard
                && lastPercussion <= lastHeard
                && pitched.pitch(pitched.size() - 1) == heard.pitch(heard.size() - 1);
        return new PromptEnd(Math.max(lastPitched, lastPercussion), all);
    }

    private static long lastPercussion(Score score, int ticksPerSecond) {
        long last = 0;
        for (Note note : score.notes()) {
            if (note.isPercussion()) {
                last = Math.max(last, note.startTick());
            }
        }
        return score.tempoMap().gridStepAt(last, ticksPerSecond);
    }
}
