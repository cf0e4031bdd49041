package dev.cadenza.server.request;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields that are text: those of a query, or of a command line. */
public final class QueryFields implements Fields {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,20}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

    private final Map<String, String> values;

    private QueryFields(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Fields that need no decoding, in the order of the map. */
    public static QueryFields of(Map<String, String> values) {
        return new QueryFields(values);
    }

    /**
     * Reads a query as browsers write it: {@code name=value} joined by {@code &}, UTF-8 in percent signs, {@code +} for a
     * space.
     *
     * @param query without the question mark; null or empty if there is none
     * @throws ProblemException if it cannot be decoded, or a name is there twice
     */
    public static QueryFields parse(@Nullable String query) throws ProblemException {
        Map<String, String> values = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String part : query.split("&", -1)) {
                if (part.isEmpty()) {
                    continue;
                }
                int equals = part.indexOf('=');
                String name = decode(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decode(part.substring(equals + 1));
                if (values.putIfAbsent(name, value) != null) {
                    throw ProblemException.ofField(
                            ProblemType.DUPLICATE_FIELD,
                            name,
                            "the query gives '" + ProblemException.quotable(name) + "' more than once");
                }
            }
        }
        return new QueryFields(values);
    }

    @Override
    public Set<String> names() {
        return values.keySet();
    }

    @Override
    public Optional<String> text(String name) throws ProblemException {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isEmpty()) {
            throw invalid(name, "has no value");
        }
        return Optional.of(value);
    }

    @Override
    public Optional<Boolean> flag(String name) throws ProblemException {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw invalid(name, "must be true or false");
        };
    }

    @Override
    public OptionalLong integer(String name) throws ProblemException {
        Optional<String> value = text(name);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parseInteger(name, value.get()));
    }

    @Override
    public OptionalDouble number(String name) throws ProblemException {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        // Double.parseDouble alone would take NaN, hexadecimal and a trailing d.
        if (!NUMBER.matcher(value.get()).matches()) {
            throw invalid(name, "must be a number");
        }
        return OptionalDouble.of(Double.parseDouble(value.get()));
    }

    static long parseInteger(String name, String text) throws ProblemException {
        if (!INTEGER.matcher(text).matches()) {
            throw invalid(name, "must be a whole number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid(name, "must fit into 64 bits");
        }
    }

    static ProblemException invalid(String name, String rule) {
        return ProblemException.ofField(ProblemType.INVALID_FIELD, name, name + " " + rule);
    }

    private static String decode(String text) throws ProblemException {
        ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new ProblemException(
                            ProblemType.INVALID_QUERY, "the query holds a % that two hexadecimal digits do not follow");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put(String.valueOf(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.INVALID_QUERY, "the query is not UTF-8 in percent signs", e);
        }
    }
}
