package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tables of whatever figures a JSON object holds: one for its own values, one for a family of like objects. */
final class Markdown {
    private Markdown() {}

    /**
     * Renders an object: its plain values as a table of two columns; objects of plain values as one table, a row each;
     * deeper ones under a heading of their own.
     *
     * @param heading number signs of the headings within, at least 1
     */
    static String tables(JsonNode object, int heading) {
        List<List<String>> plain = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> flat = new ArrayList<>();
        StringBuilder deep = new StringBuilder();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isObject()) {
                plain.add(List.of(field.getKey(), text(value)));
            } else if (isFlat(value)) {
                flat.add(field);
            } else {
                deep.append("#".repeat(heading))
                        .append(' ')
                        .append(field.getKey())
                        .append("\n\n");
                deep.append(tables(value, heading + 1));
            }
        });
        StringBuilder text = new StringBuilder();
        if (!plain.isEmpty()) {
            text.append(table(List.of("", "value"), plain));
        }
        if (!flat.isEmpty()) {
            text.append(family(flat));
        }
        return text.append(deep).toString();
    }

    static String table(List<String> head, Collection<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", head)).append(" |\n");
        text.append("|---".repeat(head.size())).append("|\n");
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
        }
        return text.append('\n').toString();
    }

    private static String family(List<Map.Entry<String, JsonNode>> members) {
        Set<String> columns = new LinkedHashSet<>();
        members.forEach(member -> member.getValue().fieldNames().forEachRemaining(columns::add));
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
            return String.format(Locale.ROOT, "%.6g", value.doubleValue());
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
