package dev.cadenza.server.problem;

import dev.cadenza.files.Printable;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered as asked. Its message is for the client: it names the field, the
 * value and the rule, and no path or class of this machine.
 */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 60;
    private static final int LONGEST_LINE = 300;

    private final ProblemType type;
    private final @Nullable String field;
    private final int retryAfterSeconds;

    public ProblemException(ProblemType type, String detail) {
        this(type, null, detail, 0, null);
    }

    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, null, detail, 0, cause);
    }

    private ProblemException(
            ProblemType type, @Nullable String field, String detail, int retryAfterSeconds, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A problem that will pass. */
    public static ProblemException retryable(ProblemType type, String detail, int afterSeconds) {
        return new ProblemException(type, null, detail, afterSeconds, null);
    }

    /** A problem with one field of the request. */
    public static ProblemException ofField(ProblemType type, String field, String detail) {
        return new ProblemException(type, quotable(field), detail, 0, null);
    }

    public ProblemType type() {
        return type;
    }

    /** The field at fault, if it is one field's. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** After how many seconds the same request may succeed, if that can be said. */
    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }

    /** What is wrong, in a sentence or two. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** A client's name or value made fit for a message: printable, and short. */
    public static String quotable(String text) {
        return Printable.of(text, LONGEST_QUOTE);
    }

    /** A sentence that may quote a client, made fit for a message: printable, and not longer than a few lines. */
    public static String line(String text) {
        return Printable.of(text, LONGEST_LINE);
    }
}
