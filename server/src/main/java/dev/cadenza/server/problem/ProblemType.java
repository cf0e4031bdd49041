package dev.cadenza.server.problem;

import java.util.Locale;

/**
 * The kinds of problem that an answer can report, as RFC 9457 wants them: status, type and title belong together and
 * stay the same for ever; what went wrong this time is in the detail.
 */
public enum ProblemType {
    BAD_REQUEST(400, "The request is not valid HTTP"),
    INVALID_JSON(400, "The body is not valid JSON"),
    INVALID_QUERY(400, "The query is not valid"),
    UNKNOWN_FIELD(400, "There is no such field"),
    DUPLICATE_FIELD(400, "A field is given twice"),
    INVALID_FIELD(400, "A field has a value that it cannot have"),
    CONFLICTING_FIELDS(400, "Two fields exclude each other"),
    INVALID_PROMPT(400, "The prompt cannot be read"),
    UNAUTHORIZED(401, "Credentials are missing or wrong"),
    FORBIDDEN(403, "This may not be done from there"),
    NOT_FOUND(404, "There is nothing here"),
    UNKNOWN_MODEL(404, "There is no such model"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No media type that is offered here is acceptable"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    VERSION_NOT_SERVING(409, "The version exists but is not serving"),
    CONFLICT(409, "The order does not fit how things stand"),
    NOT_READY(409, "The server is not ready"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a media type that is not read here"),
    UNSUPPORTED_FIELD(422, "The model cannot do what a field asks for"),
    RANGE_NOT_SATISFIABLE(416, "There is nothing in that range of bytes"),
    PROMPT_OUT_OF_BOUNDS(422, "The prompt is longer than is allowed, or holds no note"),
    TOO_LONG(422, "The piece would be longer than is possible"),
    TOO_MANY_REQUESTS(429, "The server is busy"),
    TOO_MANY_STREAMS(429, "The client has as many streams as it may have"),
    HEADERS_TOO_LARGE(431, "The header fields are too large"),
    /** For logs and counters alone: the client is gone. */
    CLIENT_CLOSED_REQUEST(499, "The client went away"),
    INTERNAL_ERROR(500, "Something went wrong in the server"),
    UNAVAILABLE(503, "The server cannot answer now"),
    DEADLINE_EXCEEDED(504, "The request's time ran out");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status, 400..599. */
    public int status() {
        return status;
    }

    /** One sentence that is the same for every problem of this type. */
    public String title() {
        return title;
    }

    /** The short name that clients may rely on, such as {@code unknown_field}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The URI that identifies the type, such as {@code urn:cadenza:problem:unknown_field}. */
    public String uri() {
        return "urn:cadenza:problem:" + code();
    }

    /** The type that an HTTP library's bare status stands for. */
    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> UNAVAILABLE;
            case 504 -> DEADLINE_EXCEEDED;
            default -> status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        };
    }
}
