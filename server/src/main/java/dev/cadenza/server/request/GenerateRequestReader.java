package dev.cadenza.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Length;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link GenerateRequest}. Every field is optional, none is ignored, and what is out of range is refused with a
 * sentence that names field and rule.
 */
public final class GenerateRequestReader {
    /** The largest seed that is chosen here: 2^53 - 16, so that JavaScript keeps every variation's seed exactly. */
    public static final long LARGEST_CHOSEN_SEED = (1L << 53) - 16;

    private static final List<String> FIELDS = List.of(
            "model",
            "seed",
            "notes",
            "seconds",
            "temperature",
            "top_p",
            "min_p",
            "n",
            "prompt",
            "include_prompt",
            "key",
            "density",
            "tempo",
            "timeout_ms");
    private static final Pattern KEY = Pattern.compile("[A-Ga-g](#|b)? (major|minor)");
    private static final double MAX_DENSITY = 100;

    private final LongSupplier seeds;

    /**
     * A reader of any number of requests.
     *
     * @param seeds where a seed comes from when none is given, 0..{@link #LARGEST_CHOSEN_SEED}
     */
    public GenerateRequestReader(LongSupplier seeds) {
        this.seeds = seeds;
    }

    /** Reads a request whose prompt, if any, is a field. */
    public GenerateRequest read(Fields fields) throws ProblemException {
        requireKnown(fields);
        return read(fields, promptField(fields));
    }

    /** Reads a request whose prompt is a MIDI file of its own. */
    public GenerateRequest read(Fields fields, byte[] midi) throws ProblemException {
        requireKnown(fields);
        if (fields.names().contains("prompt")) {
            throw ProblemException.ofField(
                    ProblemType.CONFLICTING_FIELDS, "prompt", "prompt is already given by the MIDI file sent along");
        }
        return read(fields, PromptReader.ofMidi(midi));
    }

    private GenerateRequest read(Fields fields, @Nullable PromptInput prompt) throws ProblemException {
        Optional<String> model = fields.text("model");
        OptionalLong seed = seed(fields);
        return new GenerateRequest(
                model.isEmpty() ? ModelReference.DEFAULT : ModelReference.parse(model.get()),
                new GenerationOptions(
                        seed.isPresent() ? seed.getAsLong() : seeds.getAsLong(),
                        length(fields),
                        number(fields, "temperature", 0, GenerationOptions.MAX_TEMPERATURE, 1),
                        (int) integer(fields, "n", 1, GenerationOptions.MAX_VARIATIONS, 1)),
                seed.isPresent(),
                controls(fields),
                prompt,
                fields.flag("include_prompt").orElse(true),
                number(fields, "tempo", GenerateRequest.MIN_TEMPO, GenerateRequest.MAX_TEMPO),
                Duration.ofMillis(integer(
                        fields,
                        "timeout_ms",
                        1,
                        GenerateRequest.MAX_TIMEOUT.toMillis(),
                        GenerateRequest.DEFAULT_TIMEOUT.toMillis())));
    }

    private static void requireKnown(Fields fields) throws ProblemException {
        for (String name : fields.names()) {
            if (!FIELDS.contains(name)) {
                throw ProblemException.ofField(
                        ProblemType.UNKNOWN_FIELD,
                        name,
                        "there is no field '" + ProblemException.quotable(name) + "'; the fields are "
                                + String.join(", ", FIELDS));
            }
        }
    }

    private static @Nullable PromptInput promptField(Fields fields) throws ProblemException {
        if (fields instanceof JsonFields json) {
            Optional<JsonNode> prompt = json.node("prompt");
            return prompt.isEmpty() ? null : PromptReader.ofJson(prompt.get());
        }
        Optional<String> prompt = fields.text("prompt");
        return prompt.isEmpty() ? null : PromptReader.ofBase64(prompt.get());
    }

    /** Numbers beyond 2^53 do not survive JavaScript, so in JSON a seed may also be a string. */
    private static OptionalLong seed(Fields fields) throws ProblemException {
        if (fields instanceof JsonFields json) {
            Optional<String> text =
                    json.node("seed").filter(JsonNode::isTextual).map(JsonNode::textValue);
            if (text.isPresent()) {
                return OptionalLong.of(QueryFields.parseInteger("seed", text.get()));
            }
        }
        return fields.integer("seed");
    }

    private static Length length(Fields fields) throws ProblemException {
        OptionalLong notes = fields.integer("notes");
        OptionalDouble seconds = fields.number("seconds");
        if (notes.isPresent() && seconds.isPresent()) {
            throw ProblemException.ofField(
                    ProblemType.CONFLICTING_FIELDS,
                    "seconds",
                    "notes and seconds exclude each other: give one of them");
        }
        if (seconds.isPresent()) {
            double value = seconds.getAsDouble();
            if (!(value > 0 && value <= Length.Seconds.MAX_SECONDS)) {
                throw outOfRange("seconds", "more than 0 and at most " + text(Length.Seconds.MAX_SECONDS));
            }
            return new Length.Seconds(value);
        }
        return new Length.Notes((int) integer(fields, "notes", 1, Length.MAX_NOTES, GenerationOptions.DEFAULT_NOTES));
    }

    private static Controls controls(Fields fields) throws ProblemException {
        Optional<String> key = fields.text("key");
        if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
            throw QueryFields.invalid("key", "must be a key such as C major, a minor, F# minor or Eb major");
        }
        OptionalDouble density = fields.number("density");
        if (density.isPresent() && !(density.getAsDouble() > 0 && density.getAsDouble() <= MAX_DENSITY)) {
            throw outOfRange("density", "more than 0 and at most " + text(MAX_DENSITY));
        }
        return new Controls(
                number(fields, "top_p", 0, 1, 1),
                number(fields, "min_p", 0, 1, 0),
                key.orElse(null),
                density.isPresent() ? density.getAsDouble() : null);
    }

    private static long integer(Fields fields, String name, long min, long max, long otherwise)
            throws ProblemException {
        long value = fields.integer(name).orElse(otherwise);
        if (value < min || value > max) {
            throw outOfRange(name, min + ".." + max);
        }
        return value;
    }

    private static double number(Fields fields, String name, double min, double max, double otherwise)
            throws ProblemException {
        Double value = number(fields, name, min, max);
        return value == null ? otherwise : value;
    }

    private static @Nullable Double number(Fields fields, String name, double min, double max) throws ProblemException {
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

    private static ProblemException outOfRange(String name, String range) {
        return QueryFields.invalid(name, "must be " + range);
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
