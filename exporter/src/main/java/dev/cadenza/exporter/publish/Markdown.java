package dev.cadenza.exporter.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables of the figures that a JSON object holds: one for its own values, one for a family of objects alike. */
final class Markdown {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Markdown() {}

    /**
     * Renders an object: its plain values as a table of two columns; objects of the same plain values as one table, a
     * row each; all others under a heading of their own.
     *
     * @param heading number signs of the headings within, at least 1
     */
    static String tables(JsonNode object, int heading) {
        List<List<String>> plain = new ArrayList<>();
        Map<Set<String>, List<Map.Entry<String, JsonNode>>> families = new LinkedHashMap<>();
        StringBuilder deep = new StringBuilder();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isObject()) {
                plain.add(List.of(field.getKey(), text(value)));
            } else if (isFlat(value)) {
                families.computeIfAbsent(names(value), columns -> new ArrayList<>())
                        .add(field);
            } else {
                deep.append(section(field, heading));
            }
        });
        StringBuilder text = new StringBuilder();
        if (!plain.isEmpty()) {
            text.append(table(List.of("", "value"), plain));
        }
        families.forEach((columns, members) ->
                text.append(members.size() == 1 ? section(members.get(0), heading) : family(columns, members)));
        return text.append(deep).toString();
    }

    private static String section(Map.Entry<String, JsonNode> field, int heading) {
        return "#".repeat(heading) + " " + field.getKey() + "\n\n" + tables(field.getValue(), heading + 1);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String table(List<String> head, Collection<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", head)).append(" |\n");
        text.append("|---".repeat(head.size())).append("|\n");
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String family(Set<String> columns, List<Map.Entry<String, JsonNode>> members) {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(columns);
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : members) {
            List<String> row = new ArrayList<>(List.of(member.getKey()));
            columns.forEach(column -> row.add(text(member.getValue().path(column))));
            rows.add(row);
        }
        return table(head, rows);
    }

    private static boolean isFlat(JsonNode object) {
        for (JsonNode value : object) {
            if (value.isObject()) {
                return false;
            }
        }
        return true;
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isFloatingPointNumber()) {
            return value.decimalValue().round(SIX_DIGITS).stripTrailingZeros().toPlainString();
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
