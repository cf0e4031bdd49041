package dev.cadenza.generation;

import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a generation.
 *
 * @param prompt what was continued, if anything
 * @param promptOnsetTick the last onset of the prompt, including notes that the model did not read, in its ticks: new
 *     notes count from there; 0 without a prompt
 * @param variations in order, at least one
 */
public record Piece(@Nullable Prompt prompt, long promptOnsetTick, List<Variation> variations) {
    public Piece {
        variations = List.copyOf(variations);
    }

    /**
     * Prompt and continuation as one score: the prompt's notes, tempo, time and key signatures and programs unchanged,
     * the new notes behind them at its last tempo, on its last channel. Where the prompt's ticks are longer than the
     * model's, all ticks are made shorter by a whole factor, so that the new notes keep their timing. Without a prompt
     * the same as {@link #continuation}.
     */
    public Score complete(int variation) {
        return prompt == null
                ? continuation(variation)
                : Continuation.join(
                        prompt, promptOnsetTick, variations.get(variation).notes());
    }

    /**
     * The new notes alone, the first at time 0, at the prompt's last tempo, or at 120 quarters per minute if there is
     * no prompt.
     */
    public Score continuation(int variation) {
        return Continuation.alone(variations.get(variation).notes(), Continuation.lastMicrosPerQuarter(prompt));
    }

    /**
     * The new notes alone, the first at time 0. The tempo sets the grid that a notation program shows; it does not
     * change when the notes sound.
     *
     * @param microsPerQuarter 1..16,777,215
     */
    public Score continuation(int variation, int microsPerQuarter) {
        return Continuation.alone(variations.get(variation).notes(), microsPerQuarter);
    }

    /** Tempo of a piece that has no prompt, microseconds per quarter note. */
    public static final int DEFAULT_MICROS_PER_QUARTER = TempoMap.DEFAULT_MICROS_PER_QUARTER;
}
