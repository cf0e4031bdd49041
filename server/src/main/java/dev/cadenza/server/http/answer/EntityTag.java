package dev.cadenza.server.http.answer;

import dev.cadenza.files.Sha256;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strong entity tags: the same text in, the same tag out. */
public final class EntityTag {
    private static final int HEX_DIGITS = 32;
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    private EntityTag() {}

    /** The tag, in its quotes, of everything that an answer depends on. */
    public static String of(List<String> parts) {
        byte[] digest = Sha256.of(String.join("\n", parts));
        return "\"" + HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS) + "\"";
    }

    /** Whether the client has what the tag names, by its {@code If-None-Match}. */
    public static boolean isKnown(Context ctx, String tag) {
        List<String> headers = Collections.list(ctx.req().getHeaders("If-None-Match"));
        return matches(headers.isEmpty() ? null : String.join(",", headers), tag);
    }

    /** Whether a header {@code If-None-Match} names the tag, by RFC 9110's weak comparison. */
    public static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        Matcher matcher = TAG.matcher(ifNoneMatch);
        while (matcher.find()) {
            if (tag.equals(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }
}
