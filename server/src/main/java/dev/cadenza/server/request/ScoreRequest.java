package dev.cadenza.server.request;

import dev.cadenza.generation.StepModel;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A piece whose likelihood is asked for.
 *
 * @param model in whose eyes
 * @param prompt the piece
 * @param timeout from the arrival of the request to the last note
 */
public record ScoreRequest(ModelReference model, PromptInput prompt, Duration timeout) implements ModelRequest {
    @Override
    public OptionalLong seed() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public String normalised() {
        return "score|prompt=" + prompt.sha256();
    }

    @Override
    public void requireSupported(VersionId id, StepModel stepModel) throws ProblemException {
        Controls.requireHeard(prompt, id, stepModel);
    }
}
