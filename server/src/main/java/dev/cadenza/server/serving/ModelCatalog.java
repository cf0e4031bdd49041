package dev.cadenza.server.serving;

import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import java.util.List;
import java.util.Optional;

/** The models of a server. Safe for use from many threads. */
public interface ModelCatalog extends AutoCloseable {
    /** The name that a request without one means. */
    String defaultName();

    /** Where the models run, such as {@code cpu}. */
    String device();

    /** Every version that was found, good or not, by name and number. */
    List<VersionStatus> versions();

    /** The version that the bare name means now, if any of that name is ready. */
    Optional<VersionId> serving(String name);

    /**
     * Lends a version. It stays loaded until the lease is closed, whatever happens to the catalogue meanwhile.
     *
     * @throws ProblemException if there is no such model, or it is not ready
     */
    ModelLease lease(ModelReference reference) throws ProblemException;

    /** Whether the default model is ready to play. */
    boolean isReady();

    @Override
    void close();
}
