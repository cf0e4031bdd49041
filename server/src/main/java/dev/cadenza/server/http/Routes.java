package dev.cadenza.server.http;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** Adds endpoints that note down which they are. */
final class Routes {
    private final JavalinConfig config;

    Routes(JavalinConfig config) {
        this.config = config;
    }

    /** What is done before any endpoint, and for requests without one, too. */
    void beforeAll(Handler handler) {
        config.routes.before(ctx -> {
            // Javalin takes this for the method of a request that is answered by what comes before all others.
            if (ctx.req().getMethod().equals(HandlerType.BEFORE.name())) {
                ctx.header("Allow", "GET, HEAD, OPTIONS, POST");
                throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "there is no such method");
            }
            handler.handle(ctx);
        });
    }

    /** With HEAD, which answers the same without a body. */
    void get(String path, Handler handler) {
        add(HandlerType.GET, path, handler);
        add(HandlerType.HEAD, path, handler);
    }

    void add(HandlerType method, String path, Handler handler) {
        config.routes.addHttpHandler(method, path, ctx -> {
            ExchangeNotes.of(ctx).setRoute(path);
            handler.handle(ctx);
        });
    }
}
