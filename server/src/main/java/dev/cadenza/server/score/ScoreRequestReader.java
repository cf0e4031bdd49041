package dev.cadenza.server.score;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.CheckedFields;
import dev.cadenza.server.request.PromptInput;
import dev.cadenza.server.request.RequestReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ScoreRequest}; the prompt must be there. */
final class ScoreRequestReader extends RequestReader<ScoreRequest> {
    /** A reader of any number of requests. */
    public ScoreRequestReader() {
        super(List.of("model", "prompt", "timeout_ms"));
    }

    @Override
    protected ScoreRequest request(CheckedFields fields, @Nullable PromptInput prompt) throws ProblemException {
        return new ScoreRequest(fields.model(), required(prompt), fields.timeout());
    }
}
