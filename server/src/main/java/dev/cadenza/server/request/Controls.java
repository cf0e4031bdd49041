package dev.cadenza.server.request;

import dev.cadenza.generation.steering.Guards;
import dev.cadenza.generation.steering.Mood;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.List;

/**
 * What a model can be asked beyond temperature. One that chooses among classes can do all of it. Any other can do none:
 * it gives one value for each attribute of the next note, so there are no candidates to choose among. What a model
 * cannot do is refused, never ignored.
 */
public final class Controls {
    /** The fields of {@code /v1/generate} that only a model that chooses among classes can follow. */
    public static final List<String> NAMES = List.of(
            "top_p",
            "min_p",
            "key",
            "key_strict",
            "density",
            "lowest_pitch",
            "highest_pitch",
            "lowest_velocity",
            "highest_velocity",
            "guards",
            "hands",
            "mood");

    private static final String NO_CANDIDATES = "has no list of candidates to cut";
    private static final String NO_PITCHES = "has no list of pitches to keep in a ";
    private static final String NO_VELOCITIES = "has no list of velocities to keep in a range";

    private Controls() {}

    /**
     * Holds what is asked against a model. A model without choices needs no guards, so it can do without them.
     *
     * @throws ProblemException that names the first field that it cannot follow
     */
    public static void requireSupported(Steering steering, VersionId id, ModelDescription model)
            throws ProblemException {
        if (model.shape().classes().isPresent() || steering.isNeutral()) {
            return;
        }
        String of = id + ": a model of kind " + model.kind() + " ";
        if (steering.topP() != 1) {
            throw unsupported("top_p", " or set it to 1", of + NO_CANDIDATES);
        }
        if (steering.minP() != 0) {
            throw unsupported("min_p", " or set it to 0", of + NO_CANDIDATES);
        }
        if (steering.key().isPresent()) {
            throw unsupported("key", "", of + NO_PITCHES + "key");
        }
        if (steering.notesPerSecond().isPresent()) {
            throw unsupported("density", "", of + "was not trained with density as an input");
        }
        if (steering.guards().hands().isPresent() && !steering.guards().hands().equals(Guards.ON.hands())) {
            throw unsupported("hands", " or set it to off", of + NO_PITCHES + "reach");
        }
        requireWhole("pitch", steering.pitches(), Steering.PIANO, of + NO_PITCHES + "range");
        requireWhole("velocity", steering.velocities(), Steering.ALL_VELOCITIES, of + NO_VELOCITIES);
    }

    /**
     * Holds a mood against a model.
     *
     * @throws ProblemException if it means something that the model cannot follow
     */
    public static void requireSupported(Mood mood, VersionId id, ModelDescription model) throws ProblemException {
        if (mood != Mood.PLAIN && model.shape().classes().isEmpty()) {
            throw unsupported(
                    "mood",
                    " or set it to plain",
                    id + ": a model of kind " + model.kind() + " was not trained with density as an input");
        }
    }

    private static void requireWhole(String what, Steering.Range asked, Steering.Range all, String reason)
            throws ProblemException {
        if (asked.lowest() != all.lowest()) {
            throw unsupported("lowest_" + what, " or set it to " + all.lowest(), reason);
        }
        if (asked.highest() != all.highest()) {
            throw unsupported("highest_" + what, " or set it to " + all.highest(), reason);
        }
    }

    /**
     * Refuses a prompt of which the model would hear nothing.
     *
     * @throws ProblemException if the model knows the piano's keys alone and no note is on them
     */
    public static void requireHeard(PromptInput prompt, VersionId id, ModelDescription model) throws ProblemException {
        if (model.shape().classes().isPresent()
                && prompt.prompt().score().notes().stream()
                        .noneMatch(note -> !note.isPercussion() && Steering.PIANO.contains(note.pitch()))) {
            throw ProblemException.ofField(
                    ProblemType.PROMPT_OUT_OF_BOUNDS,
                    "prompt",
                    "prompt has no note on the piano's keys, " + Steering.PIANO.lowest() + ".."
                            + Steering.PIANO.highest() + ", which are all that " + id + " knows");
        }
    }

    private static ProblemException unsupported(String field, String orElse, String reason) {
        return ProblemException.ofField(
                ProblemType.UNSUPPORTED_FIELD,
                field,
                field + " is not possible with " + reason + "; leave " + field + " out" + orElse);
    }
}
