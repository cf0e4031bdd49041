package dev.cadenza.server.http.jetty;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes answers from the threads that write them, so that none waits for a client that does not read. */
final class AnswerQueueing extends Handler.Wrapper {
    /** For what clients have not read yet, of all connections together. */
    private static final long MEMORY = 64L << 20;

    private final MemoryBudget memory = new MemoryBudget(MEMORY);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        QueuedAnswer answer = new QueuedAnswer(request, response, callback, memory);
        return super.handle(request, answer, answer.end());
    }
}
