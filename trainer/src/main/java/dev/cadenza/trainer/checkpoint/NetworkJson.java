package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DL4J's JSON of a network, with the names of {@link NetworkNames} in place of class names.
 *
 * <p>DL4J makes an object of any class that its JSON names, in more than one way of naming it. So it sees only JSON of the
 * shape that it writes itself: an object is the configuration, one of its layers, or a part that is on the list and
 * stands where such a part belongs; a list is one of the few that there are; all else is a single value.
 */
final class NetworkJson {
    private static final String TYPE = "@class";
    private static final String CONFS = "confs";
    private static final String VARIABLES = "variables";
    private static final Set<String> EMPTY =
            Set.of("inputPreProcessors", "regularization", "regularizationBias", "constraints");
    private static final int MOST_LAYERS = 16;
    private static final int MOST_VARIABLES = 256;
    private static final int LONGEST_TEXT = 256;
    private static final Pattern TYPED = Pattern.compile("(\"@class\"\\s*:\\s*\")([^\"]*)(\")");
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxTokenCount(20_000)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final NetworkNames names;

    NetworkJson(NetworkNames names) {
        this.names = names;
    }

    /**
     * What DL4J may read, with class names.
     *
     * @param json as it stands in a checkpoint
     * @throws CheckpointFormatException when anything is in it that Cadenza does not write; names it
     */
    String toClasses(byte[] json) throws CheckpointFormatException {
        try {
            if (JSON.readTree(json) instanceof ObjectNode network) {
                fields("", network);
                return network.toString();
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointFormatException("it is not the JSON of a network: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CheckpointFormatException("it is not the JSON of a network: " + e.getMessage(), e);
        }
        throw new CheckpointFormatException("it is not a JSON object");
    }

    /**
     * What is written into a checkpoint.
     *
     * @param json of DL4J
     * @throws IllegalStateException when the network has a part that is not on the list
     */
    String toNames(String json) {
        return TYPED.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + name(found.group(2)) + found.group(3)));
    }

    private String name(String className) {
        return names.ofClass(className)
                .orElseThrow(() -> new IllegalStateException(
                        "class " + className + " has no name in a checkpoint: add it to the list"))
                .name();
    }

    /** The fields of the configuration, of a layer's configuration or of a part, without the part's name. */
    private void fields(String where, ObjectNode object) throws CheckpointFormatException {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            String at = where.isEmpty() ? name : where + "." + name;
            Optional<NetworkNames.Kind> kind = NetworkNames.inField(name);
            if (name.equals(TYPE)) {
                throw new CheckpointFormatException(at + " names a class where there is none");
            }
            if (kind.isPresent()) {
                part(at, kind.get(), field.getValue());
            } else if (field.getValue().isContainerNode()) {
                container(at, name, field.getValue());
            } else {
                single(at, field.getValue());
            }
        }
    }

    /** Checks a part and puts its class in place of its name. */
    private void part(String at, NetworkNames.Kind kind, JsonNode value) throws CheckpointFormatException {
        if (value.isNull()) {
            return;
        }
        if (!(value instanceof ObjectNode part && part.remove(TYPE) instanceof TextNode name)) {
            throw new CheckpointFormatException(at + " must be null or an object with a text " + TYPE);
        }
        String className = names.named(name.textValue())
                .filter(named -> named.kind() == kind)
                .orElseThrow(() -> new CheckpointFormatException(at + " (" + shortened(name.textValue())
                        + ") is not among the classes that a checkpoint may name"))
                .className();
        fields(at, part);
        part.put(TYPE, className);
    }

    private void container(String at, String name, JsonNode value) throws CheckpointFormatException {
        if (value.isEmpty() && EMPTY.contains(name)) {
            return;
        }
        if (name.equals(CONFS) && value.isArray() && value.size() <= MOST_LAYERS) {
            for (int i = 0; i < value.size(); i++) {
                if (!(value.get(i) instanceof ObjectNode layer)) {
                    throw new CheckpointFormatException(at + "[" + i + "] must be an object");
                }
                fields(at + "[" + i + "]", layer);
            }
            return;
        }
        if (name.equals(VARIABLES) && value.isArray() && value.size() <= MOST_VARIABLES) {
            for (JsonNode variable : value) {
                if (!variable.isTextual()) {
                    throw new CheckpointFormatException(at + " must be a list of names");
                }
                single(at, variable);
            }
            return;
        }
        throw new CheckpointFormatException(
                at + " must not be " + (value.isArray() ? "a list" : "an object") + " of " + value.size() + " here");
    }

    private static void single(String at, JsonNode value) throws CheckpointFormatException {
        if (value.isTextual() && value.textValue().length() > LONGEST_TEXT) {
            throw new CheckpointFormatException(
                    at + " has " + value.textValue().length() + " characters; at most " + LONGEST_TEXT + " are read");
        }
        if (value.isIntegralNumber() && !value.canConvertToLong()) {
            throw new CheckpointFormatException(at + " must fit into 64 bits");
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
