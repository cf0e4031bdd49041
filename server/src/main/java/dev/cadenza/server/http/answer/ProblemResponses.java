package dev.cadenza.server.http.answer;

import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.problem.ProblemBody;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes a status and a body. */
public final class ProblemResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private ProblemResponses() {}

    public static void register(JavalinConfig config) {
        config.http.prefer405over404 = true;
        config.routes.exception(ProblemException.class, ProblemResponses::answer);
        config.routes.exception(Exception.class, ProblemResponses::answerOther);
        config.router.javaLangErrorHandler(ProblemResponses::answerError);
    }

    public static void answer(ProblemException e, Context ctx) {
        e.retryAfterSeconds().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
        answer(ctx, e.type(), e.type().status(), e.detail(), e.field().orElse(null));
    }

    public static void answerStatus(HttpResponseException e, Context ctx) {
        answer(ctx, ProblemType.ofStatus(e.getStatus()), e.getStatus(), "", null);
    }

    public static void answerMethod(MethodNotAllowedResponse e, Context ctx) {
        TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
        for (String names : e.getDetails().values()) {
            methods.addAll(Arrays.asList(names.split(", ")));
        }
        String allow = String.join(", ", methods);
        ctx.header("Allow", allow);
        if (ctx.req().getMethod().equals("OPTIONS")) {
            RequestId.of(ctx);
            ctx.status(204);
        } else {
            answer(
                    ctx,
                    ProblemType.METHOD_NOT_ALLOWED,
                    ProblemType.METHOD_NOT_ALLOWED.status(),
                    "allowed here: " + allow,
                    null);
        }
    }

    private static void answerOther(Exception e, Context ctx) {
        HttpException protocol = protocolFailure(e);
        if (protocol != null) {
            int status = protocol.getCode();
            answer(ctx, ProblemType.ofStatus(status), status, "", null);
        } else if (e instanceof IOException) {
            // The client sent less than it announced, or went away: the answer is rarely read.
            answer(ctx, ProblemType.BAD_REQUEST, 400, "the body did not arrive in full", null);
        } else {
            LOG.error("request {} failed", RequestId.of(ctx), e);
            answer(ctx, ProblemType.INTERNAL_ERROR, 500, "the failure is logged under the request's id", null);
        }
    }

    /** Broken HTTP that Jetty finds while the body is being read. */
    private static @Nullable HttpException protocolFailure(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HttpException protocol && protocol.getCode() < 500) {
                return protocol;
            }
        }
        return null;
    }

    private static void answer(Context ctx, ProblemType type, int status, String detail, @Nullable String field) {
        String id = RequestId.of(ctx);
        ExchangeNotes.of(ctx).setProblem(type.code());
        for (String header : List.of("ETag", "Content-Disposition", "Server-Timing")) {
            ctx.removeHeader(header);
        }
        // The charset that JSON was to have would stay.
        ctx.res().setContentType(null);
        ctx.status(status)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(ProblemBody.MEDIA_TYPE)
                .result(ProblemBody.of(type, status, detail.isEmpty() ? type.title() : detail, field, id, ctx.path()));
    }

    private static void answerError(HttpServletResponse response, Error error) {
        String id = RequestId.choose(response.getHeader(RequestId.HEADER));
        LOG.error("request {} failed", id, error);
        if (response.isCommitted()) {
            return;
        }
        ProblemType type = ProblemType.INTERNAL_ERROR;
        response.reset();
        response.setStatus(type.status());
        response.setHeader(RequestId.HEADER, id);
        response.setContentType(ProblemBody.MEDIA_TYPE);
        try {
            response.getOutputStream()
                    .write(ProblemBody.of(
                            type, type.status(), "the failure is logged under the request's id", null, id, ""));
        } catch (IOException e) {
            LOG.debug("the client is gone; {} is not answered", id, e);
        }
    }
}
