package dev.cadenza.server.serving;

import dev.cadenza.engine.RunOverdueException;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.ModelRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Why the queue does not answer a request. */
final class QueueProblems {
    private QueueProblems() {}

    /** What a client is answered when its request failed in the queue or while it was played. */
    static Throwable of(Throwable failure, ModelRequest request, boolean closed) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException) {
            return timeUp(request);
        }
        if (cause instanceof RunOverdueException) {
            return ProblemException.retryable(
                    ProblemType.UNAVAILABLE, cause.getMessage() + "; the version is no longer used", 1);
        }
        if (cause instanceof CancellationException) {
            return closed ? stopped() : new ProblemException(ProblemType.CLIENT_CLOSED_REQUEST, "the client went away");
        }
        return cause;
    }

    static ProblemException timeUp(ModelRequest request) {
        return new ProblemException(
                ProblemType.DEADLINE_EXCEEDED,
                "the piece was not finished within " + request.timeout().toMillis()
                        + " ms; ask for less, or give a larger timeout_ms");
    }

    static ProblemException stopped() {
        return ProblemException.retryable(ProblemType.UNAVAILABLE, "the server is shutting down", 1);
    }
}
