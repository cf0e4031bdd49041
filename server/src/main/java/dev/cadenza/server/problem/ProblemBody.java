package dev.cadenza.server.problem;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of an answer that reports a problem, RFC 9457. */
public final class ProblemBody {
    private static final JsonMapper JSON = new JsonMapper();

    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemBody() {}

    /**
     * The body, in UTF-8 and with a line end.
     *
     * @param path of the request: the Open Inference Protocol, under {@code /v2}, also wants its message as
     *     {@code error}
     */
    public static byte[] of(
            ProblemType type, int status, String detail, @Nullable String field, String requestId, String path) {
        ObjectNode body = JSON.createObjectNode()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", status)
                .put("detail", detail)
                .put("code", type.code());
        if (field != null) {
            body.put("field", field);
        }
        body.put("request_id", requestId);
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            body.put("error", detail);
        }
        return (body + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
