package dev.cadenza.server.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What handlers write down of a request while it is being answered; it goes with the request. */
final class ExchangeNotes {
    private static final String ATTRIBUTE = "cadenza.notes";

    private volatile String route = "";
    private volatile @Nullable String client;
    private volatile @Nullable String remote;
    private volatile @Nullable Duration queued;
    private volatile @Nullable Duration played;

    private ExchangeNotes() {}

    static ExchangeNotes of(Context ctx) {
        return of(ServletContextRequest.getServletContextRequest(ctx.req()));
    }

    private static ExchangeNotes of(Request request) {
        Request innermost = Request.unWrap(request);
        synchronized (innermost) {
            if (innermost.getAttribute(ATTRIBUTE) instanceof ExchangeNotes notes) {
                return notes;
            }
            ExchangeNotes notes = new ExchangeNotes();
            innermost.setAttribute(ATTRIBUTE, notes);
            return notes;
        }
    }

    void setRoute(String newRoute) {
        route = newRoute;
    }

    void setClient(String name) {
        client = name;
    }

    /** The address that counts as the client's. */
    void setRemote(String address) {
        remote = address;
    }

    void setTimes(Duration newQueued, Duration newPlayed) {
        queued = newQueued;
        played = newPlayed;
    }

    /** Everything together, once the answer is out. */
    static Exchange exchange(String listener, Request request, Response response) {
        ExchangeNotes notes = of(request);
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        String id = response.getHeaders().get(RequestId.HEADER);
        String address = notes.remote;
        return new Exchange(
                Instant.now().minusNanos(nanos),
                listener,
                id == null ? "" : id,
                request.getMethod(),
                notes.route,
                request.getHttpURI().getPath() == null
                        ? ""
                        : request.getHttpURI().getPath(),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                Duration.of(nanos, TimeUnit.NANOSECONDS.toChronoUnit()),
                notes.queued,
                notes.played,
                response.getHeaders().get("X-Model"),
                notes.client,
                address == null ? Request.getRemoteAddr(request) : address,
                request.getHeaders().get(HttpHeader.USER_AGENT));
    }
}
