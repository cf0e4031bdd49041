package dev.cadenza.server.http;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies, and never more of one than is allowed, whether its length was announced or not. */
final class RequestBody {
    private RequestBody() {}

    /**
     * @param limit bytes
     * @throws ProblemException if the body is larger, or is encoded
     */
    static byte[] read(Context ctx, int limit) throws ProblemException, IOException {
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body must be sent as it is, without Content-Encoding");
        }
        if (ctx.req().getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        InputStream in = ctx.req().getInputStream();
        byte[] body = in.readNBytes(limit);
        if (body.length == limit && in.read() >= 0) {
            throw tooLarge(limit);
        }
        return body;
    }

    /** Whether the request carries a body at all. */
    static boolean isPresent(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, "a body may have at most " + limit + " bytes");
    }
}
