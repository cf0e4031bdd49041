package dev.cadenza.server.http;

import dev.cadenza.server.http.answer.Answer;
import dev.cadenza.server.http.answer.Services;
import dev.cadenza.server.request.GenerateRequest;
import java.util.List;

/** What a server does in addition to its core, which works without it. It is closed with the server. */
public interface Addition extends AutoCloseable {
    /** More media types of {@code /v1/generate}, which clients get only if they prefer them to those of the core. */
    default List<Answer<GenerateRequest>> answers(Services services) {
        return List.of();
    }

    /** Adds routes to the public listener. */
    default void addPublic(Routes routes, ModelEndpoints endpoints) {}

    /** Adds routes to the admin listener. */
    default void addAdmin(Routes routes) {}

    /** Fails requests that still wait here: the server stops. */
    default void stop() {}

    @Override
    default void close() {}
}
