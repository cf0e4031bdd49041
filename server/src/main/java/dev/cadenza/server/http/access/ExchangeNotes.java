package dev.cadenza.server.http.access;

import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.serving.Client;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What handlers write down of a request while it is being answered; it goes with the request. */
public final class ExchangeNotes {
    private static final String ATTRIBUTE = "cadenza.notes";

    private volatile String route = "";
    private volatile @Nullable String client;
    private volatile @Nullable Client share;
    private volatile @Nullable String remote;
    private volatile String caller = "nobody";
    private volatile String problem = "";
    private volatile @Nullable AdminCommand command;
    private volatile @Nullable Duration queued;
    private volatile @Nullable Duration played;

    private ExchangeNotes() {}

    public static ExchangeNotes of(Context ctx) {
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

    public void setRoute(String newRoute) {
        route = newRoute;
    }

    /** Whether a route has begun to answer. */
    public boolean hasRoute() {
        return !route.isEmpty();
    }

    void setClient(String name) {
        client = name;
    }

    /** Whose share of the streams the request takes from. */
    void setShare(Client newShare) {
        share = newShare;
    }

    public Client share() {
        Client known = share;
        if (known == null) {
            throw new IllegalStateException("a route that asks a model is guarded, and notes whose request it is");
        }
        return known;
    }

    /** The address that counts as the client's. */
    void setRemote(ClientAddress address) {
        remote = address.text();
    }

    /** The address of the other end of the connection. */
    static ClientAddress peer(Context ctx) {
        return ClientAddress.of(ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getRemoteSocketAddress());
    }

    /** How the caller of the admin listener is known: by its token, or by being on this machine. */
    void setCaller(String how) {
        caller = how;
    }

    public void setCommand(AdminCommand newCommand) {
        command = newCommand;
    }

    /** Adds what a handler finds out of a command, if the request is one. */
    public void updateCommand(UnaryOperator<AdminCommand> change) {
        AdminCommand known = command;
        if (known != null) {
            command = change.apply(known);
        }
    }

    /** The code of the problem that is the answer. */
    public void setProblem(String code) {
        problem = code;
    }

    public void setTimes(Duration newQueued, Duration newPlayed) {
        queued = newQueued;
        played = newPlayed;
    }

    /** Writes a command to the audit log, once the answer is out. */
    public static void audit(Request request, Exchange exchange) {
        ExchangeNotes notes = of(request);
        AdminCommand given = notes.command;
        if (given != null) {
            AuditLog.write(given, notes.caller, notes.problem, exchange);
        }
    }

    /** Everything together, once the answer is out. */
    public static Exchange exchange(String listener, Request request, Response response) {
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
