package dev.cadenza.server.score;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.server.http.Addition;
import dev.cadenza.server.http.ModelEndpoints;
import dev.cadenza.server.http.ModelHandler;
import dev.cadenza.server.http.Routes;
import dev.cadenza.server.http.answer.JsonAnswer;
import dev.cadenza.server.http.answer.MidiAnswer;
import dev.cadenza.server.http.answer.Services;
import io.javalin.http.HandlerType;
import java.util.List;

/** The addition that answers {@code POST /v1/score} and {@code POST /v1/humanize}. */
public final class PieceEndpoints implements Addition {
    @Override
    public void addPublic(Routes routes, ModelEndpoints endpoints) {
        Services services = endpoints.services();
        ModelHandler<ScoreRequest> score =
                endpoints.endpoint(new ScoreRequestReader(), List.of(new JsonAnswer<>(services, ScoreResult::work)));
        ModelHandler<HumanizeRequest> humanize = endpoints.endpoint(
                new HumanizeRequestReader(),
                List.of(
                        new MidiAnswer<>(
                                services,
                                HumanizeResult::work,
                                result -> MidiFiles.write(result.piece().score()),
                                "-humanized"),
                        new JsonAnswer<>(services, HumanizeResult::work)));
        routes.add(HandlerType.POST, "/v1/score", score::post);
        routes.add(HandlerType.POST, "/v1/humanize", humanize::post);
    }
}
