package dev.cadenza.server.score;

import dev.cadenza.generation.HumanizeOptions;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.Controls;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.request.PromptInput;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A written piece that is to be played with feeling.
 *
 * @param model that plays
 * @param prompt the piece
 * @param options seed, temperature, timing
 * @param seedGiven whether the seed is the caller's, so that the same request means the same answer
 * @param timeout from the arrival of the request to the last note
 */
record HumanizeRequest(
        ModelReference model, PromptInput prompt, HumanizeOptions options, boolean seedGiven, Duration timeout)
        implements ModelRequest {
    @Override
    public OptionalLong seed() {
        return OptionalLong.of(options.seed());
    }

    @Override
    public boolean isRepeatable() {
        return seedGiven;
    }

    @Override
    public String normalised() {
        return "humanize|" + options + "|prompt=" + prompt.sha256();
    }

    @Override
    public List<String> warnings(ModelDescription description) {
        return prompt.warnings(description, "they are returned as they were written");
    }

    @Override
    public void requireSupported(VersionId id, ModelDescription description) throws ProblemException {
        if (description.shape().classes().isEmpty()) {
            throw ProblemException.ofField(
                    ProblemType.UNSUPPORTED_FIELD,
                    "model",
                    "model " + id + " cannot play a written piece: a model of kind " + description.kind()
                            + " has no lists of velocities and durations to choose from; name a model of kind"
                            + " performer");
        }
        Controls.requireHeard(prompt, id, description);
    }
}
