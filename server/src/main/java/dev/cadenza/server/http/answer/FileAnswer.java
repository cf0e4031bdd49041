package dev.cadenza.server.http.answer;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.ModelLease;
import java.util.Optional;

/** An answer that is a file of one piece. */
public interface FileAnswer<R extends ModelRequest> extends Answer<R> {
    /** The end of the file's name, such as {@code .mid}. */
    String extension();

    /** What the file's name says between the model's version and the seed. */
    default String label() {
        return "";
    }

    @Override
    default void requireFits(R request) throws ProblemException {
        if (request.variations() > 1) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD,
                    "n",
                    "n must be 1 for a file, which holds one piece; send Accept: " + MediaType.JSON
                            + " for several variations");
        }
    }

    @Override
    default Optional<String> fileName(R request, ModelLease lease) {
        String seed = request.seed().isPresent() ? "-seed-" + request.seed().getAsLong() : "";
        return Optional.of(lease.id().name() + "-" + lease.id().version() + label() + seed + extension());
    }
}
