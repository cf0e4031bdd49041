package dev.cadenza.server.score;

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
 * A piece whose likelihood is asked for.
 *
 * @param model that scores
 * @param prompt the piece
 * @param timeout from the arrival of the request to the last note
 */
record ScoreRequest(ModelReference model, PromptInput prompt, Duration timeout) implements ModelRequest {
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
    public List<String> warnings(ModelDescription description) {
        return prompt.warnings(description, "they are not scored");
    }

    @Override
    public void requireSupported(VersionId id, ModelDescription description) throws ProblemException {
        if (!description.shape().scores()) {
            throw ProblemException.ofField(
                    ProblemType.UNSUPPORTED_FIELD,
                    "model",
                    "model " + id + " cannot score notes: a model of kind " + description.kind()
                            + " takes steps of a piano roll; name a model of another kind");
        }
        Controls.requireHeard(prompt, id, description);
    }
}
