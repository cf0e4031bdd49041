package dev.cadenza.server.http;

import dev.cadenza.generation.step.StepTask;
import dev.cadenza.server.http.answer.Answer;
import dev.cadenza.server.http.answer.EventsAnswer;
import dev.cadenza.server.http.answer.JsonAnswer;
import dev.cadenza.server.http.answer.MidiAnswer;
import dev.cadenza.server.http.answer.Services;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.serving.GenerationResult;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.ModelLease;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The public routes of the core: generate, models, health, and the contract. */
final class CoreRoutes {
    private CoreRoutes() {}

    /** @param more of the media types that {@code /v1/generate} answers with */
    static void add(
            Routes routes,
            ModelEndpoints endpoints,
            ModelCatalog catalog,
            HealthHandler health,
            List<Answer<GenerateRequest>> more) {
        List<Answer<GenerateRequest>> answers = new ArrayList<>(answers(endpoints.services()));
        answers.addAll(more);
        ModelHandler<GenerateRequest> generate = endpoints.endpoint(new GenerateRequestReader(), answers);
        routes.get("/v1/generate", generate::get);
        routes.add(HandlerType.POST, "/v1/generate", generate::post);

        ModelsHandler models = new ModelsHandler(catalog);
        routes.get("/v1/models", models::all);
        routes.get("/v1/models/{name}", models::model);
        routes.get("/v1/models/{name}/versions/{version}", models::version);
        routes.get("/v1/models/{name}/versions/{version}/card", models::card);
        for (String version : new String[] {"", "/versions/{version}"}) {
            routes.getOpen("/v2/models/{name}" + version, models::metadata);
            routes.getOpen("/v2/models/{name}" + version + "/ready", models::ready);
        }

        routes.getOpen("/v2", health::server);
        routes.getOpen("/v2/health/live", health::live);
        routes.getOpen("/v2/health/ready", health::ready);
        routes.getOpen("/openapi.yaml", ContractHandler::answer);
    }

    private static List<Answer<GenerateRequest>> answers(Services services) {
        BiFunction<GenerateRequest, ModelLease, StepTask<GenerationResult>> work =
                (request, lease) -> GenerationResult.work(request, lease, note -> true, services.events());
        return List.of(
                new MidiAnswer<>(services, work, GenerationResult::midi, ""),
                new JsonAnswer<>(services, work),
                new EventsAnswer(services));
    }
}
