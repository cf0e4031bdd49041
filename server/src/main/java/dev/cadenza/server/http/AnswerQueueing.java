package dev.cadenza.server.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes answers from the threads that write them, so that none waits for a client that does not read. */
final class AnswerQueueing extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        QueuedAnswer answer = new QueuedAnswer(request, response, callback);
        return super.handle(request, answer, answer.end());
    }
}
