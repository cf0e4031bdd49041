package dev.cadenza.server.http;

import dev.cadenza.generation.StepTask;
import dev.cadenza.server.request.ScoreRequest;
import dev.cadenza.server.request.ScoreRequestReader;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ScoreResult;
import java.util.List;

/** {@code POST /v1/score}: how likely a model finds a piece, attribute by attribute and note by note. */
final class ScoreHandler extends ModelHandler<ScoreRequest, ScoreResult> {
    ScoreHandler(Players players) {
        super(new ScoreRequestReader(), List.of(MediaType.JSON), players);
    }

    @Override
    StepTask<ScoreResult> work(ScoreRequest request, ModelLease lease) {
        return ScoreResult.work(request, lease);
    }

    @Override
    byte[] encode(ScoreResult rating, String mediaType) {
        return rating.json();
    }
}
