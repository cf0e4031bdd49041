package dev.cadenza.server.http;

import dev.cadenza.server.http.answer.Answer;
import dev.cadenza.server.http.answer.Services;
import dev.cadenza.server.http.jetty.RequestBodies;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.request.RequestReader;
import java.util.List;

/** Makes endpoints that ask a model. */
public final class ModelEndpoints {
    private final ModelLending models;
    private final RequestBodies bodies;
    private final int bodyBytes;
    private final String engine;
    private final Services services;

    /**
     * For one listener.
     *
     * @param bodyBytes largest body
     * @param engine versions of server and engine, for the entity tag
     */
    ModelEndpoints(ModelLending models, RequestBodies bodies, int bodyBytes, String engine, Services services) {
        this.models = models;
        this.bodies = bodies;
        this.bodyBytes = bodyBytes;
        this.engine = engine;
        this.services = services;
    }

    /** What answers need to be made. */
    public Services services() {
        return services;
    }

    /**
     * An endpoint for requests of one kind.
     *
     * @param answers the media types that are offered, the preferred one first
     */
    public <R extends ModelRequest> ModelHandler<R> endpoint(RequestReader<R> reader, List<Answer<R>> answers) {
        return new ModelHandler<>(reader, answers, models, bodies, bodyBytes, engine);
    }
}
