package dev.cadenza.server.score;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.HumanizeOptions;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.CheckedFields;
import dev.cadenza.server.request.PromptInput;
import dev.cadenza.server.request.RequestReader;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a {@link HumanizeRequest}; the prompt must be there. */
final class HumanizeRequestReader extends RequestReader<HumanizeRequest> {
    /** Chooses a random seed where none is given. */
    public HumanizeRequestReader() {
        super(List.of("model", "prompt", "seed", "temperature", "timing_ms", "timeout_ms"));
    }

    @Override
    protected HumanizeRequest request(CheckedFields fields, @Nullable PromptInput prompt) throws ProblemException {
        OptionalLong seed = fields.seed();
        HumanizeOptions options = new HumanizeOptions(
                seed.isPresent() ? seed.getAsLong() : chooseSeed(),
                fields.number("temperature", 0, GenerationOptions.MAX_TEMPERATURE, 1),
                fields.integer("timing_ms", 0, HumanizeOptions.MOST_TIMING, HumanizeOptions.DEFAULT_TIMING));
        return new HumanizeRequest(fields.model(), required(prompt), options, seed.isPresent(), fields.timeout());
    }
}
