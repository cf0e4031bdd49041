package dev.cadenza.trainer.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content-Range header (RFC 9110, section 14.4).
 *
 * @param start first byte that follows, or -1 where the header says that none does ("bytes *&#47;100")
 * @param total size of the whole, or -1 where the server does not know
 */
record ContentRange(long start, long total) {
    private static final Pattern FORM =
            Pattern.compile("bytes (?:\\*|([0-9]{1,18})-[0-9]{1,18})/(?:\\*|([0-9]{1,18}))", Pattern.CASE_INSENSITIVE);

    static Optional<ContentRange> parse(String header) {
        Matcher matcher = FORM.matcher(header.strip());
        return matcher.matches()
                ? Optional.of(new ContentRange(number(matcher, 1), number(matcher, 2)))
                : Optional.empty();
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? -1 : Long.parseLong(digits);
    }
}
