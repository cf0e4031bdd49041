package dev.cadenza.server.serving;

import dev.cadenza.generation.Shortened;
import java.util.Optional;

/** The result of a request to a model. */
public interface ModelResult {
    /** One JSON object in UTF-8. */
    byte[] json();

    /** Why there is less of it than was asked for. */
    default Optional<Shortened> shortened() {
        return Optional.empty();
    }
}
