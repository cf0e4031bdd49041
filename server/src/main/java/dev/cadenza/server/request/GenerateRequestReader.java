package dev.cadenza.server.request;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Length;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a {@link GenerateRequest}; every field is optional. */
public final class GenerateRequestReader extends RequestReader<GenerateRequest> {
    private static final List<String> OWN_FIELDS = List.of(
            "model", "seed", "notes", "seconds", "temperature", "n", "prompt", "include_prompt", "tempo", "timeout_ms");

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
        return new GenerateRequest(
                fields.model(),
                new GenerationOptions(
                        seed.isPresent() ? seed.getAsLong() : seeds.getAsLong(),
                        length(fields),
                        fields.number("temperature", 0, GenerationOptions.MAX_TEMPERATURE, 1),
                        fields.integer("n", 1, GenerationOptions.MAX_VARIATIONS, 1),
                        SteeringReader.read(fields)),
                seed.isPresent(),
                prompt,
                fields.flag("include_prompt", true),
                fields.number("tempo", GenerateRequest.MIN_TEMPO, GenerateRequest.MAX_TEMPO),
                fields.timeout());
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
