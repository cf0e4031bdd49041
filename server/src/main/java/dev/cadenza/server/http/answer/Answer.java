package dev.cadenza.server.http.answer;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.ModelLease;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One media type in which an endpoint answers. The endpoint chooses one by the {@code Accept} header; nothing else asks
 * which media type it is.
 *
 * @param <R> the request
 */
public interface Answer<R extends ModelRequest> {
    /** Such as {@code audio/midi}. */
    String mediaType();

    /** Refuses a request that this media type cannot answer. */
    default void requireFits(R request) throws ProblemException {}

    /** Whether equal requests get equal bytes; these then have an entity tag. */
    default boolean isTagged() {
        return true;
    }

    /** What the bytes depend on in addition to the request and the model. */
    default String variant() {
        return mediaType();
    }

    /** Name for the file that the answer is; empty if it is not one. */
    default Optional<String> fileName(R request, ModelLease lease) {
        return Optional.empty();
    }

    /** Adds what only a {@code HEAD} needs to be answered with; the entity tag is set by now. */
    default void head(Context ctx) {}

    /**
     * Queues the request, which is handled asynchronously, and writes what is played. The lease is given back in any case.
     *
     * @return completes when everything has been written
     * @throws ProblemException if the request is refused; nothing has been written then
     */
    CompletableFuture<?> write(Context ctx, R request, ModelLease lease) throws ProblemException;
}
