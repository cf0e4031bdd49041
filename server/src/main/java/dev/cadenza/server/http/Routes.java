package dev.cadenza.server.http;

import dev.cadenza.server.http.access.Access;
import dev.cadenza.server.http.access.AdminCommand;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.ProblemResponses;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Set;

/**
 * Adds endpoints that note down which they are. Whether a request may be answered is decided where it is answered: a route
 * is guarded unless it is added as open, and so is what has no route.
 */
public final class Routes {
    /** Every other method is refused: some names are Javalin's own, for handlers that come before or after all others. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE");

    private final JavalinConfig config;
    private final Access access;

    Routes(JavalinConfig config, Access access) {
        this.config = config;
        this.access = access;
        ProblemResponses.register(config);
        config.routes.before(ctx -> {
            if (!METHODS.contains(ctx.req().getMethod())) {
                ctx.header("Allow", "GET, HEAD, OPTIONS, POST");
                throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "there is no such method");
            }
            access.receive(ctx);
        });
        withoutRoute(MethodNotAllowedResponse.class, ProblemResponses::answerMethod);
        withoutRoute(HttpResponseException.class, ProblemResponses::answerStatus);
    }

    /** Javalin throws these where no route answers; what a route threw was admitted before. */
    private <E extends Exception> void withoutRoute(Class<E> kind, ExceptionHandler<E> answer) {
        config.routes.exception(kind, (e, ctx) -> {
            try {
                if (!ExchangeNotes.of(ctx).hasRoute() && !access.isOpenWithoutRoute(ctx)) {
                    access.admit(ctx);
                }
                answer.handle(e, ctx);
            } catch (ProblemException refused) {
                ProblemResponses.answer(refused, ctx);
            }
        });
    }

    /** Without a key or a rate, with HEAD. */
    public void getOpen(String path, Handler handler) {
        addOpen(HandlerType.GET, path, handler);
        addOpen(HandlerType.HEAD, path, handler);
    }

    /** With HEAD, which answers the same without a body. */
    public void get(String path, Handler handler) {
        add(HandlerType.GET, path, handler);
        add(HandlerType.HEAD, path, handler);
    }

    public void add(HandlerType method, String path, Handler handler) {
        addOpen(method, path, ctx -> {
            access.admit(ctx);
            handler.handle(ctx);
        });
    }

    /** A command to the catalogue, which is written to the audit log with its outcome. */
    void command(HandlerType method, String path, String action, Handler handler) {
        addOpen(method, path, ctx -> {
            ExchangeNotes.of(ctx).setCommand(AdminCommand.of(action, ctx));
            access.admit(ctx);
            handler.handle(ctx);
        });
    }

    private void addOpen(HandlerType method, String path, Handler handler) {
        config.routes.addHttpHandler(method, path, ctx -> {
            ExchangeNotes.of(ctx).setRoute(path);
            handler.handle(ctx);
        });
    }
}
