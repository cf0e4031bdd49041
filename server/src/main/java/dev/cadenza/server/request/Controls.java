package dev.cadenza.server.request;

import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for beyond temperature. Which of these a model can do depends on its kind; none of them is ever
 * ignored.
 *
 * @param topP 0..1, 1 is neutral
 * @param minP 0..1, 0 is neutral
 * @param key such as {@code C major}; null is neutral
 * @param density notes per second; null is neutral
 */
public record Controls(
        double topP,
        double minP,
        @Nullable String key,
        @Nullable Double density) {
    /** Asks for nothing. */
    public static final Controls NEUTRAL = new Controls(1, 0, null, null);

    /**
     * Refuses what a model cannot do. The kind {@code paper} can do none of it: it regresses to one value for each
     * attribute of the next note, so there are no candidates to choose among, and it was trained without controls.
     *
     * @throws ProblemException that names the field
     */
    public void requireSupported(VersionId id, String kind) throws ProblemException {
        if (topP != 1) {
            throw unsupported("top_p", 1, id, kind, "has no list of candidates to cut");
        }
        if (minP != 0) {
            throw unsupported("min_p", 0, id, kind, "has no list of candidates to cut");
        }
        if (key != null) {
            throw unsupported("key", null, id, kind, "has no list of pitches to keep in a key");
        }
        if (density != null) {
            throw unsupported("density", null, id, kind, "was not trained to be told how dense to play");
        }
    }

    private static ProblemException unsupported(
            String field, @Nullable Integer neutral, VersionId id, String kind, String reason) {
        return ProblemException.ofField(
                ProblemType.UNSUPPORTED_FIELD,
                field,
                field + " is not possible with " + id + ": a model of kind " + kind + " " + reason + "; leave " + field
                        + " out" + (neutral == null ? "" : " or set it to " + neutral));
    }
}
