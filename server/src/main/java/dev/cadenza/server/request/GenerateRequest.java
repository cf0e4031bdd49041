package dev.cadenza.server.request;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.steering.Mood;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.model.VersionId;
import dev.cadenza.music.Pedal;
import dev.cadenza.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A piece of music that is asked for; nothing is left open.
 *
 * @param model whose music
 * @param options seed, length, temperature, number of variations, and what else the model is asked to do
 * @param mood that the options come from where nothing else was asked
 * @param seedGiven whether the seed is the caller's, so that the same request means the same answer
 * @param prompt what to continue, if anything
 * @param includePrompt whether the answer begins with the prompt
 * @param tempo quarters a minute to write into the answer, {@link #MIN_TEMPO}..{@link #MAX_TEMPO}; null: the prompt's,
 *     else 120. It changes bars and note values, not when notes sound.
 * @param pedal how a MIDI file says what the pedal does
 * @param timeout from the arrival of the request to the last note
 */
public record GenerateRequest(
        ModelReference model,
        GenerationOptions options,
        Mood mood,
        boolean seedGiven,
        @Nullable PromptInput prompt,
        boolean includePrompt,
        @Nullable Double tempo,
        Pedal pedal,
        Duration timeout)
        implements ModelRequest {
    public static final double MIN_TEMPO = 10;
    public static final double MAX_TEMPO = 1000;

    /** What the generator is given to continue. */
    public @Nullable Prompt heard() {
        return prompt == null ? null : prompt.prompt();
    }

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(options.seed());
    }

    @Override
    public int variations() {
        return options.variations();
    }

    @Override
    public boolean isRepeatable() {
        return seedGiven;
    }

    @Override
    public String normalised() {
        return String.join(
                "|",
                "generate",
                "seed=" + options.seed(),
                "length=" + options.length(),
                "temperature=" + options.temperature(),
                "n=" + options.variations(),
                "steering=" + options.steering(),
                "prompt=" + (prompt == null ? "" : prompt.sha256() + (includePrompt ? "+" : "-")),
                "tempo=" + (tempo == null ? "" : tempo),
                "pedal=" + pedal);
    }

    @Override
    public List<String> warnings(ModelDescription description) {
        return prompt == null
                ? List.of()
                : prompt.warnings(
                        description, "they are kept, the music starts after them, and the model does not hear them");
    }

    @Override
    public void requireSupported(VersionId id, ModelDescription description) throws ProblemException {
        Controls.requireSupported(mood, id, description);
        Controls.requireSupported(options.steering(), id, description);
        if (prompt != null) {
            Controls.requireHeard(prompt, id, description);
        }
    }
}
