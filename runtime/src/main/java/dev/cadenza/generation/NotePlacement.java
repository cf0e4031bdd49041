package dev.cadenza.generation;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's notes stand in a score. Known before the first note is made, so that notes sent as they come
 * stand where the finished piece has them.
 *
 * @param tempoMap of the score
 * @param ticksPerSecond of the model
 * @param channel 0..15
 * @param origin what is added to onsets, in the model's ticks
 * @param firstTick no note starts before it, however onsets are rounded
 */
public record NotePlacement(TempoMap tempoMap, int ticksPerSecond, int channel, long origin, long firstTick) {
    /**
     * Behind a prompt, as in {@link Piece#complete}; without one as in {@link Piece#continuation}. For onsets that
     * count from the prompt's beginning, as those of {@link GeneratedNote} do.
     */
    public static NotePlacement complete(@Nullable Prompt prompt, int ticksPerSecond) {
        if (prompt == null) {
            return alone(null, ticksPerSecond, 0);
        }
        Score score = Continuation.finer(prompt.score(), ticksPerSecond, Continuation.lastMicrosPerQuarter(prompt));
        return behind(new Prompt(score), ticksPerSecond, 0);
    }

    /** @param origin where onsets count from, in the model's ticks */
    static NotePlacement behind(Prompt prompt, int ticksPerSecond, long origin) {
        return new NotePlacement(
                prompt.score().tempoMap(), ticksPerSecond, prompt.lastChannel(), origin, prompt.lastStartTick());
    }

    /**
     * The new notes alone, as in {@link Piece#continuation}.
     *
     * @param firstOnset of the first new note, which stands at 0; in the model's ticks
     */
    public static NotePlacement alone(@Nullable Prompt prompt, int ticksPerSecond, long firstOnset) {
        int microsPerQuarter = Continuation.lastMicrosPerQuarter(prompt);
        int ticksPerQuarter = Continuation.ticksPerQuarter(ticksPerSecond, microsPerQuarter);
        return new NotePlacement(
                TempoMap.constant(ticksPerQuarter, microsPerQuarter), ticksPerSecond, 0, -firstOnset, 0);
    }

    /**
     * The note in the score.
     *
     * @param onset in the model's ticks
     * @param duration in the model's ticks
     */
    public Note place(long onset, int pitch, int velocity, int duration) {
        long start = Math.max(firstTick, tempoMap.tickAtGridStep(origin + onset, ticksPerSecond));
        long end = tempoMap.tickAtGridStep(origin + onset + duration, ticksPerSecond);
        return new Note(channel, pitch, velocity, start, Math.max(1, end - start));
    }
}
