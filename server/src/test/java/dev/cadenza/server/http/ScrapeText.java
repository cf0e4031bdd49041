package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format, version 0.0.4, and is strict about it. */
final class ScrapeText {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABELS =
            Pattern.compile("(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*");

    private ScrapeText() {}

    /** Series, name and labels as they are written, to value. */
    static Map<String, Double> parse(byte[] text) {
        Map<String, Double> series = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        Set<String> helped = new HashSet<>();
        String all = new String(text, StandardCharsets.UTF_8);
        assertThat(all).endsWith("\n");
        for (String line : all.split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("#")) {
                Matcher comment = COMMENT.matcher(line);
                assertThat(comment.matches()).as(line).isTrue();
                if (comment.group(1).equals("TYPE")) {
                    assertThat(comment.group(3)).isIn("counter", "gauge", "histogram", "summary", "untyped");
                    assertThat(types.put(comment.group(2), comment.group(3)))
                            .as("one type: " + line)
                            .isNull();
                } else {
                    assertThat(helped.add(comment.group(2)))
                            .as("one help: " + line)
                            .isTrue();
                }
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            if (sample.group(2) != null) {
                assertThat(LABELS.matcher(sample.group(2)).matches()).as(line).isTrue();
            }
            String family = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
            assertThat(types.containsKey(family) || types.containsKey(sample.group(1)))
                    .as("a type for " + line)
                    .isTrue();
            String key = line.substring(0, line.lastIndexOf(' '));
            assertThat(series.put(key, Double.valueOf(sample.group(3).replace("+Inf", "Infinity"))))
                    .as("one line of " + key)
                    .isNull();
        }
        return series;
    }
}
