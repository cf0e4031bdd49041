package dev.cadenza.server.request;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.steering.Mood;
import dev.cadenza.music.Pedal;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a {@link GenerateRequest}; every field is optional. */
public final class GenerateRequestReader extends RequestReader<GenerateRequest> {
    private static final List<String> OWN_FIELDS = List.of(
            "model",
            "seed",
            "notes",
            "seconds",
            "temperature",
            "n",
            "prompt",
            "include_prompt",
            "tempo",
            "pedal",
            "timeout_ms");

    private final LongSupplier seeds;

    /** Chooses a random seed where none is given. */
    public GenerateRequestReader() {
        this(RequestReader::chooseSeed);
    }

    /** @param seeds where a seed comes from when none is given */
    public GenerateRequestReader(LongSupplier seeds) {
        super(fields());
        this.seeds = seeds;
    }

    private static List<String> fields() {
        List<String> all = new ArrayList<>(OWN_FIELDS);
        all.addAll(Controls.NAMES);
        return List.copyOf(all);
    }

    @Override
    protected GenerateRequest request(CheckedFields fields, @Nullable PromptInput prompt) throws ProblemException {
        OptionalLong seed = fields.seed();
        Mood mood = SteeringReader.mood(fields);
        Double temperature = fields.number("temperature", 0, GenerationOptions.MAX_TEMPERATURE);
        return new GenerateRequest(
                fields.model(),
                new GenerationOptions(
                        seed.isPresent() ? seed.getAsLong() : seeds.getAsLong(),
                        length(fields),
                        temperature == null ? mood.temperature() : OptionalDouble.of(temperature),
                        fields.integer("n", 1, GenerationOptions.MAX_VARIATIONS, 1),
                        SteeringReader.read(fields, mood)),
                mood,
                seed.isPresent(),
                prompt,
                fields.flag("include_prompt", true),
                fields.number("tempo", GenerateRequest.MIN_TEMPO, GenerateRequest.MAX_TEMPO),
                pedal(fields),
                fields.timeout());
    }

    private static Pedal pedal(CheckedFields fields) throws ProblemException {
        String pedal = fields.text("pedal").orElse("written");
        return switch (pedal) {
            case "written" -> Pedal.WRITTEN;
            case "held" -> Pedal.HELD;
            default -> throw QueryFields.invalid("pedal", "must be written or held");
        };
    }

    private static Length length(CheckedFields fields) throws ProblemException {
        if (fields.isGiven("notes") && fields.isGiven("seconds")) {
            throw ProblemException.ofField(
                    ProblemType.CONFLICTING_FIELDS,
                    "seconds",
                    "notes and seconds exclude each other: give one of them");
        }
        Double seconds = fields.positive("seconds", Length.Seconds.MAX_SECONDS);
        return seconds != null
                ? new Length.Seconds(seconds)
                : new Length.Notes(fields.integer("notes", 1, Length.MAX_NOTES, GenerationOptions.DEFAULT_NOTES));
    }
}
