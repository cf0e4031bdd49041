package dev.cadenza.server.catalog;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ServedVersion;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Leases versions of a catalogue; until the first look at its folder is over, requests can wait for theirs. */
final class Leases {
    private final Supplier<CatalogView> view;
    private final LoaderThread thread;
    /** To be tried when the view has changed, or the first look is over; each removes itself when it is done. */
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * For one catalogue.
     *
     * @param view the catalogue as it is now
     * @param thread loads its versions
     */
    Leases(Supplier<CatalogView> view, LoaderThread thread) {
        this.view = view;
        this.thread = thread;
    }

    /** A lease; during the first look this waits on the calling thread. */
    ModelLease lease(ModelReference reference, OptionalLong seed) throws ProblemException {
        while (true) {
            try {
                return leaseNow(reference, seed);
            } catch (ProblemException e) {
                if (closed || thread.isFirstDone() || !thread.awaitFirst(LiveCatalog.LONGEST_FIRST_LOOK)) {
                    throw e;
                }
            }
        }
    }

    /** A lease as soon as there is one, without a thread that waits. */
    CompletableFuture<ModelLease> leaseWhenLoaded(ModelReference reference, OptionalLong seed) {
        CompletableFuture<ModelLease> lent = new CompletableFuture<>();
        Runnable attempt = () -> leaseIfDecided(reference, seed, lent);
        attempt.run();
        if (!lent.isDone()) {
            waiting.add(attempt);
            var unused = lent.whenComplete((lease, failure) -> waiting.remove(attempt));
            // The view may have changed before it was added.
            attempt.run();
        }
        return lent;
    }

    private void leaseIfDecided(ModelReference reference, OptionalLong seed, CompletableFuture<ModelLease> lent) {
        if (lent.isDone()) {
            return;
        }
        // Asked before the look at what there is: what changes after it is not missed.
        boolean all = thread.isFirstDone();
        try {
            ModelLease lease = leaseNow(reference, seed);
            if (!lent.complete(lease)) {
                lease.close();
            }
        } catch (ProblemException e) {
            if (all || closed) {
                lent.completeExceptionally(e);
            }
        }
    }

    private ModelLease leaseNow(ModelReference reference, OptionalLong seed) throws ProblemException {
        while (!closed) {
            ServedVersion version = view.get().find(reference, seed);
            Optional<Player> model = version.lease();
            if (model.isPresent()) {
                return new ServedLease(version.id(), version.sha256(), version.device(), model.get());
            }
            if (version.failure().isPresent()) {
                throw ProblemException.retryable(
                        ProblemType.UNAVAILABLE,
                        version.id() + " is no longer used: "
                                + version.failure().get(),
                        1);
            }
            // It was closed between the look and the lease: a newer view is there already.
        }
        throw ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1);
    }

    /** Has the requests that wait look again. */
    void retry() {
        for (Runnable attempt : waiting) {
            var unused = CompletableFuture.runAsync(attempt);
        }
    }

    /** Requests that wait for a version to be loaded. */
    int waiting() {
        return waiting.size();
    }

    /** No more leases; {@link #retry} then fails the requests that wait. */
    void close() {
        closed = true;
    }

    private record ServedLease(VersionId id, String sha256, String device, Player model) implements ModelLease {
        @Override
        public void close() {
            model.close();
        }
    }
}
