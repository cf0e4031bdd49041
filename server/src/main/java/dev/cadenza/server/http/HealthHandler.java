package dev.cadenza.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.util.function.BooleanSupplier;

/** The Open Inference Protocol's health and server metadata. */
final class HealthHandler {
    private final BooleanSupplier ready;
    private final String version;

    HealthHandler(BooleanSupplier ready, String version) {
        this.ready = ready;
        this.version = version;
    }

    void live(Context ctx) {
        json(ctx, "live");
    }

    /** Ready once the default model is and until the server stops; the protocol wants a 4xx until then. */
    void ready(Context ctx) throws ProblemException {
        if (!ready.getAsBoolean()) {
            throw ProblemException.retryable(
                    ProblemType.NOT_READY, "the default model is not ready, or the server is stopping", 1);
        }
        json(ctx, "ready");
    }

    /** The server's metadata where models are played. */
    void server(Context ctx) {
        ModelsHandler.json(ctx, metadata());
    }

    /** The server's metadata where models are loaded. */
    void adminServer(Context ctx) {
        ObjectNode body = metadata();
        body.withArray("extensions").add("model_repository");
        ModelsHandler.json(ctx, body);
    }

    private ObjectNode metadata() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", "cadenza").put("version", version).putArray("extensions");
        return body;
    }

    private static void json(Context ctx, String what) {
        ModelsHandler.json(ctx, JsonNodeFactory.instance.objectNode().put(what, true));
        ctx.header("Cache-Control", "no-store");
    }
}
