package dev.cadenza.server.http.jetty;

import dev.cadenza.server.problem.ProblemBody;
import dev.cadenza.server.problem.ProblemType;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, before any handler is asked, is a problem like every other. */
final class JettyProblems extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status =
                request.getAttribute(ERROR_EXCEPTION) instanceof HttpException e ? e.getCode() : response.getStatus();
        ProblemType type = ProblemType.ofStatus(status);
        String id = RequestId.choose(request.getHeaders().get(RequestId.HEADER));
        String path = request.getHttpURI() == null
                ? ""
                : String.valueOf(request.getHttpURI().getPath());
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(RequestId.HEADER, id);
        if (status == ProblemType.UNAVAILABLE.status()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        response.write(true, ByteBuffer.wrap(ProblemBody.of(type, status, type.title(), null, id, path)), callback);
        return true;
    }
}
