package dev.cadenza.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields of one request, of which none is unknown, held to their ranges as they are read. */
public final class CheckedFields {
    private final Fields fields;

    private CheckedFields(Fields fields) {
        this.fields = fields;
    }

    /**
     * Wraps the fields.
     *
     * @throws ProblemException if one has no name among {@code names}
     */
    public static CheckedFields of(Fields fields, List<String> names) throws ProblemException {
        for (String name : fields.names()) {
            if (!names.contains(name)) {
                throw ProblemException.ofField(
                        ProblemType.UNKNOWN_FIELD,
                        name,
                        "there is no field '" + ProblemException.quotable(name) + "'; the fields are "
                                + String.join(", ", names));
            }
        }
        return new CheckedFields(fields);
    }

    Optional<String> text(String name) throws ProblemException {
        return fields.text(name);
    }

    boolean flag(String name, boolean otherwise) throws ProblemException {
        return fields.flag(name).orElse(otherwise);
    }

    /** Whether a field that is mostly a number is this word. */
    boolean isWord(String name, String word) throws ProblemException {
        return fields instanceof JsonFields json
                ? json.node(name).filter(node -> word.equals(node.textValue())).isPresent()
                : fields.text(name).filter(word::equals).isPresent();
    }

    /** Whether it was sent, and is not null. */
    boolean isGiven(String name) {
        return fields instanceof JsonFields json
                ? json.node(name).isPresent()
                : fields.names().contains(name);
    }

    public ModelReference model() throws ProblemException {
        Optional<String> model = fields.text("model");
        return model.isEmpty() ? ModelReference.DEFAULT : ModelReference.parse(model.get());
    }

    /** Numbers beyond 2^53 do not survive JavaScript, so in JSON a seed may also be a string. */
    public OptionalLong seed() throws ProblemException {
        if (fields instanceof JsonFields json) {
            Optional<String> text =
                    json.node("seed").filter(JsonNode::isTextual).map(JsonNode::textValue);
            if (text.isPresent()) {
                return OptionalLong.of(QueryFields.parseInteger("seed", text.get()));
            }
        }
        return fields.integer("seed");
    }

    public Duration timeout() throws ProblemException {
        return Duration.ofMillis(
                integer("timeout_ms", 1, ModelRequest.MAX_TIMEOUT.toMillis(), ModelRequest.DEFAULT_TIMEOUT.toMillis()));
    }

    @Nullable
    public PromptInput prompt() throws ProblemException {
        if (fields instanceof JsonFields json) {
            Optional<JsonNode> prompt = json.node("prompt");
            return prompt.isEmpty() ? null : PromptReader.ofJson(prompt.get());
        }
        Optional<String> prompt = fields.text("prompt");
        return prompt.isEmpty() ? null : PromptReader.ofBase64(prompt.get());
    }

    /** A whole number, both bounds included. */
    public int integer(String name, int min, int max, int otherwise) throws ProblemException {
        return (int) integer(name, min, (long) max, otherwise);
    }

    private long integer(String name, long min, long max, long otherwise) throws ProblemException {
        long value = fields.integer(name).orElse(otherwise);
        if (value < min || value > max) {
            throw outOfRange(name, min + ".." + max);
        }
        return value;
    }

    public double number(String name, double min, double max, double otherwise) throws ProblemException {
        Double value = number(name, min, max);
        return value == null ? otherwise : value;
    }

    /** A number, both bounds included; null if it is not given. */
    @Nullable
    public Double number(String name, double min, double max) throws ProblemException {
        OptionalDouble sent = fields.number(name);
        if (sent.isEmpty()) {
            return null;
        }
        double value = sent.getAsDouble();
        if (!(value >= min && value <= max)) {
            throw outOfRange(name, text(min) + ".." + text(max));
        }
        // -0.0 and 0.0 ask for the same thing and must have the same entity tag.
        return value + 0.0;
    }

    /** A number above 0 and at most {@code max}; null if it is not given. */
    @Nullable
    Double positive(String name, double max) throws ProblemException {
        OptionalDouble sent = fields.number(name);
        if (sent.isEmpty()) {
            return null;
        }
        double value = sent.getAsDouble();
        if (!(value > 0 && value <= max)) {
            throw outOfRange(name, "more than 0 and at most " + text(max));
        }
        return value;
    }

    private static ProblemException outOfRange(String name, String range) {
        return QueryFields.invalid(name, "must be " + range);
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
