package dev.cadenza.server.sound;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes, as RFC 9110 section 14 has it.
 *
 * @param first 0-based
 * @param last at least {@code first}; before it when nothing of the range is there
 */
public record ByteRange(long first, long last) {
    private static final Pattern SINGLE =
            Pattern.compile("\\s*bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /** What is asked of so many bytes; empty for several ranges, another unit or nonsense, which all are passed over. */
    public static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = SINGLE.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            if (to.isEmpty()) {
                return Optional.empty();
            }
            long count = Math.min(size, Long.parseLong(to));
            return Optional.of(new ByteRange(size - count, size - 1));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Long.parseLong(to);
        if (last < first && !to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    /** Whether any of it is there. */
    public boolean isThere() {
        return first <= last;
    }

    public long length() {
        return last - first + 1;
    }
}
