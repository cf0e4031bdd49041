package dev.cadenza.trainer.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Records as JSON: fields in snake case and in the order of the components; what is null or has no element is left out.
 * Unknown fields are passed over.
 */
public final class CellJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private CellJson() {}

    /** A record as an object. */
    public static ObjectNode write(Object value) {
        return JSON.valueToTree(value);
    }

    /** A record as the text of a file. */
    public static String text(Object value) {
        return write(value).toPrettyString() + "\n";
    }

    /**
     * An object as a record.
     *
     * @throws IOException when a field is of another type; names it
     */
    public static <T> T read(JsonNode node, Class<T> type) throws IOException {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Text as a record.
     *
     * @throws JsonProcessingException when it is not JSON, or a field is of another type
     */
    public static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        return JSON.readValue(text, type);
    }
}
