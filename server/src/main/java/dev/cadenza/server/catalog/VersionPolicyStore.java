package dev.cadenza.server.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.WholeFile;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps choices in a file that is replaced whole, so that a process killed at any time leaves the old or the new one.
 */
final class VersionPolicyStore {
    private static final String FILE = "choices.json";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private final @Nullable Path folder;

    /** @param folder where the file is; null: nothing is kept */
    VersionPolicyStore(@Nullable Path folder) {
        this.folder = folder;
    }

    boolean isKept() {
        return folder != null;
    }

    /**
     * What was kept last.
     *
     * @throws IOException if there is a file that cannot be read; the message says what is wrong with it
     */
    SortedMap<String, VersionPolicy> read() throws IOException {
        SortedMap<String, VersionPolicy> choices = new TreeMap<>();
        if (folder == null || !Files.exists(folder.resolve(FILE))) {
            return choices;
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(folder.resolve(FILE)));
            if (root == null || root.path("format").asInt() != FORMAT) {
                throw new IOException(FILE + ": its format is not " + FORMAT);
            }
            for (Map.Entry<String, JsonNode> model : root.path("models").properties()) {
                if (!VersionId.isName(model.getKey())) {
                    throw new IllegalArgumentException("'" + model.getKey() + "' is not a model name");
                }
                choices.put(model.getKey(), policy(model.getValue()));
            }
            return choices;
        } catch (JsonProcessingException e) {
            throw new IOException(FILE + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(FILE + ": " + e.getMessage(), e);
        }
    }

    private static VersionPolicy policy(JsonNode node) {
        SortedMap<String, Label> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : node.path("labels").properties()) {
            labels.put(
                    label.getKey(),
                    new Label(
                            label.getValue().path("version").asInt(),
                            label.getValue().path("weight").asDouble()));
        }
        SortedMap<Integer, VersionPolicy.Pin> pins = new TreeMap<>();
        for (Map.Entry<String, JsonNode> pin : node.path("pins").properties()) {
            pins.put(
                    Integer.valueOf(pin.getKey()),
                    VersionPolicy.Pin.valueOf(pin.getValue().asText().toUpperCase(Locale.ROOT)));
        }
        return new VersionPolicy(labels, pins);
    }

    /** @throws IOException if it cannot be written; what was kept before stays */
    void write(SortedMap<String, VersionPolicy> choices) throws IOException {
        if (folder == null) {
            return;
        }
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
        ObjectNode models = root.putObject("models");
        choices.forEach((name, policy) -> {
            if (!policy.isNothing()) {
                write(models.putObject(name), policy);
            }
        });
        WholeFile.write(folder.resolve(FILE), root.toPrettyString() + "\n");
    }

    private static void write(ObjectNode model, VersionPolicy policy) {
        ObjectNode labels = model.putObject("labels");
        policy.labels()
                .forEach((name, label) ->
                        labels.putObject(name).put("version", label.version()).put("weight", label.weight()));
        ObjectNode pins = model.putObject("pins");
        policy.pins()
                .forEach((version, pin) ->
                        pins.put(Integer.toString(version), pin.name().toLowerCase(Locale.ROOT)));
    }
}
