package dev.cadenza.server.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object. Names must not repeat, at any depth. */
public final class JsonFields implements Fields {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 100;

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());

    static {
        MAPPER.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    private final ObjectNode object;
    private final String path;

    /** @param path what comes before a field's name in messages, such as {@code prompt[3].}; empty at the top */
    JsonFields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * Reads a body that is one JSON object.
     *
     * @throws ProblemException if it is anything else, or a name is there twice
     */
    public static JsonFields parse(byte[] body) throws ProblemException {
        requireUtf8(body);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(ProblemType.INVALID_JSON, "the body must be one JSON object");
            }
            readInto(object, parser);
            if (parser.nextToken() != null) {
                throw new ProblemException(ProblemType.INVALID_JSON, "something follows the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemType.INVALID_JSON, describe(e), e);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID_JSON, "the body cannot be read as JSON", e);
        }
        return new JsonFields(object, "");
    }

    /** RFC 8259 wants UTF-8. The parser itself would guess UTF-16 and UTF-32 from zeros, and take overlong sequences. */
    private static void requireUtf8(byte[] body) throws ProblemException {
        boolean isUtf8;
        try {
            isUtf8 = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).chars().noneMatch(c -> c == 0);
        } catch (CharacterCodingException e) {
            isUtf8 = false;
        }
        if (!isUtf8) {
            throw new ProblemException(ProblemType.INVALID_JSON, "the body must be JSON in UTF-8");
        }
    }

    private static void readInto(ObjectNode object, JsonParser parser) throws IOException, ProblemException {
        String name = parser.nextFieldName();
        while (name != null) {
            if (object.has(name)) {
                throw duplicate(name, "the body gives '" + ProblemException.quotable(name) + "' more than once");
            }
            parser.nextToken();
            object.set(name, readValue(name, parser));
            name = parser.nextFieldName();
        }
    }

    private static JsonNode readValue(String name, JsonParser parser) throws IOException, ProblemException {
        try {
            return MAPPER.readTree(parser);
        } catch (MismatchedInputException e) {
            throw duplicate(name, "'" + ProblemException.quotable(name) + "' holds an object that gives a name twice");
        }
    }

    private static ProblemException duplicate(String name, String detail) {
        return ProblemException.ofField(ProblemType.DUPLICATE_FIELD, name, detail);
    }

    private static String describe(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return "the body is not valid JSON, or is nested too deeply" + where;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            names.add(property.getKey());
        }
        return names;
    }

    /** The value as it was sent, for fields that may be more than one thing; empty if it is null. */
    Optional<JsonNode> node(String name) {
        return Optional.ofNullable(present(name));
    }

    @Override
    public Optional<String> text(String name) throws ProblemException {
        JsonNode value = present(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid(name, "must be a string");
        }
        return Optional.of(value.textValue());
    }

    @Override
    public Optional<Boolean> flag(String name) throws ProblemException {
        JsonNode value = present(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw invalid(name, "must be true or false");
        }
        return Optional.of(value.booleanValue());
    }

    @Override
    public OptionalLong integer(String name) throws ProblemException {
        JsonNode value = present(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()) {
            throw invalid(name, "must be a whole number");
        }
        if (!value.canConvertToLong()) {
            throw invalid(name, "must fit into 64 bits");
        }
        return OptionalLong.of(value.longValue());
    }

    @Override
    public OptionalDouble number(String name) throws ProblemException {
        JsonNode value = present(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            throw invalid(name, "must be a number");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private ProblemException invalid(String name, String rule) {
        return QueryFields.invalid(path + name, rule);
    }
}
