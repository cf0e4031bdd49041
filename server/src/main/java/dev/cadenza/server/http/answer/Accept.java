package dev.cadenza.server.http.answer;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client accepts, as RFC 9110 section 12.5.1 has it: the most specific range that matches a type decides. */
public final class Accept {
    private static final Pattern QUALITY = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private final List<Range> ranges;

    private Accept(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads the header; what is not a media range is passed over.
     *
     * @param headers every {@code Accept} line; none means that everything is welcome
     */
    public static Accept parse(List<String> headers) {
        List<Range> ranges = new ArrayList<>();
        for (String header : headers) {
            for (String element : header.split(",", -1)) {
                Range.parse(element).ifPresent(ranges::add);
            }
        }
        boolean anything = headers.stream().allMatch(String::isBlank);
        return new Accept(anything ? List.of(new Range("*", "*", 1)) : List.copyOf(ranges));
    }

    /**
     * The best of what is offered for a request.
     *
     * @param offered by media type, the preferred one first
     * @throws ProblemException 406 that names the media types
     */
    public static <T> T choose(Context ctx, Map<String, T> offered) throws ProblemException {
        List<String> types = List.copyOf(offered.keySet());
        return parse(Collections.list(ctx.req().getHeaders("Accept")))
                .best(types)
                .map(offered::get)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_ACCEPTABLE, "answers come as " + String.join(" or ", types)));
    }

    /** The best of the offered types, the first of equals; empty if none is acceptable. */
    public Optional<String> best(List<String> offered) {
        String best = null;
        double bestQuality = 0;
        for (String type : offered) {
            double quality = quality(type);
            if (quality > bestQuality) {
                best = type;
                bestQuality = quality;
            }
        }
        return Optional.ofNullable(best);
    }

    private double quality(String mediaType) {
        int slash = mediaType.indexOf('/');
        String type = mediaType.substring(0, slash);
        String subtype = mediaType.substring(slash + 1);
        double quality = 0;
        int specificity = -1;
        for (Range range : ranges) {
            int own = range.specificity(type, subtype);
            if (own > specificity) {
                specificity = own;
                quality = range.quality;
            }
        }
        return quality;
    }

    private record Range(String type, String subtype, double quality) {
        static Optional<Range> parse(String element) {
            String[] parts = element.split(";", -1);
            String[] names = parts[0].strip().toLowerCase(Locale.ROOT).split("/", -1);
            if (names.length != 2 || names[0].isEmpty() || names[1].isEmpty()) {
                return Optional.empty();
            }
            double quality = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
                if (parameter.startsWith("q=")) {
                    String value = parameter.substring(2);
                    if (!QUALITY.matcher(value).matches()) {
                        return Optional.empty();
                    }
                    quality = Double.parseDouble(value);
                }
            }
            return Optional.of(new Range(names[0], names[1], quality));
        }

        /** 2 the very type, 1 its family, 0 anything, -1 no match. */
        int specificity(String wantedType, String wantedSubtype) {
            if (type.equals("*")) {
                return subtype.equals("*") ? 0 : -1;
            }
            if (!type.equals(wantedType)) {
                return -1;
            }
            if (subtype.equals("*")) {
                return 1;
            }
            return subtype.equals(wantedSubtype) ? 2 : -1;
        }
    }
}
