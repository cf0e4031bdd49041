package dev.cadenza.server.http.answer;

import dev.cadenza.generation.Shortened;
import dev.cadenza.server.serving.ModelResult;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * The header that says why a piece is shorter than the seconds that were asked for: {@code X-Shortened: reason=most_notes,
 * asked_seconds=3600, seconds=637.2}. Of several variations the first that is short.
 */
public final class ShortenedHeader {
    private static final String NAME = "X-Shortened";

    private ShortenedHeader() {}

    /** The header's value; null for a result as long as was asked. */
    public static @Nullable String of(ModelResult result) {
        return result.shortened().map(ShortenedHeader::text).orElse(null);
    }

    private static String text(Shortened shortened) {
        return "reason=" + shortened.reason().code() + ", asked_seconds=" + number(shortened.askedSeconds())
                + ", seconds=" + number(shortened.seconds());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    public static void set(Context ctx, @Nullable String value) {
        if (value != null) {
            ctx.header(NAME, value);
        }
    }
}
