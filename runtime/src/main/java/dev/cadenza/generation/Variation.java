package dev.cadenza.generation;

import dev.cadenza.notematrix.NoteMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The new notes of one variation.
 *
 * @param seed that makes this variation alone
 * @param notes the new ones; the first one's interval is counted from the prompt's last onset, and is 0 if there is no
 *     prompt
 * @param logp nats of all of them, as the model chose them at temperature 1
 * @param shortened why it is shorter than was asked for; null if it is not
 */
public record Variation(
        long seed, NoteMatrix notes, double logp, @Nullable Shortened shortened) {}
