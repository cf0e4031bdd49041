package dev.cadenza.server.http;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads bodies, and never more of one than is allowed, whether its length was announced or not. */
final class RequestBody {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);

    /**
     * What is still read of a body that is too large. A connection closed with bytes unread is reset, and a client that
     * is still sending then loses the answer.
     */
    private static final long DRAINED_BYTES = 8L << 20;

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
        long announced = ctx.req().getContentLengthLong();
        if (announced > limit) {
            // Who asks first has sent nothing yet, and must not be told to go on.
            if (ctx.header("Expect") == null && announced <= DRAINED_BYTES) {
                drain(ctx.req().getInputStream());
            }
            throw tooLarge(limit);
        }
        InputStream in = ctx.req().getInputStream();
        byte[] body = in.readNBytes(limit);
        if (body.length == limit && in.read() >= 0) {
            drain(in);
            throw tooLarge(limit);
        }
        return body;
    }

    private static void drain(InputStream in) {
        byte[] buffer = new byte[1 << 13];
        long left = DRAINED_BYTES;
        try {
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("a body that is too large ended early", e);
        }
    }

    /** Whether the request carries a body at all. */
    static boolean isPresent(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(ProblemType.BODY_TOO_LARGE, "a body may have at most " + limit + " bytes");
    }
}
