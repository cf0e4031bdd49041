package dev.cadenza.server.serving;

import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/** The models of a server. Safe for use from many threads. */
public interface ModelCatalog extends AutoCloseable {
    /** The name that a request without one means. */
    String defaultName();

    /** Where the default model runs, such as {@code cpu}; empty if it does not. */
    String device();

    /** Every version that was found, good or not, by name and number. */
    List<VersionStatus> versions();

    /** The version that the bare name means now, if any of that name is ready. */
    Optional<VersionId> serving(String name);

    /** The labels of a name. */
    SortedMap<String, Label> labels(String name);

    /**
     * Leases a version. It stays loaded until the lease is closed, whatever happens to the catalogue meanwhile.
     *
     * @param seed decides whether a bare name means the canary; empty: it does not
     * @throws ProblemException if there is no such model, or it is not ready
     */
    ModelLease lease(ModelReference reference, OptionalLong seed) throws ProblemException;

    /**
     * Leases a version as soon as it is loaded, if that is still to be seen after the catalogue's beginning.
     *
     * @return fails as {@link #lease} does; completed earlier by the caller it leases nothing, and is forgotten
     */
    default CompletableFuture<ModelLease> leaseWhenLoaded(ModelReference reference, OptionalLong seed) {
        try {
            return CompletableFuture.completedFuture(lease(reference, seed));
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether the default model is ready to play. */
    boolean isReady();

    @Override
    void close();
}
