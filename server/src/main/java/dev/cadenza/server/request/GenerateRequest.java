package dev.cadenza.server.request;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Prompt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A piece of music that is asked for; everything is checked, nothing is left open.
 *
 * @param model whose music
 * @param options seed, length, temperature, number of variations
 * @param seedGiven whether the seed is the caller's, so that the same request means the same answer
 * @param controls what else the model is asked to do
 * @param prompt what to continue, if anything
 * @param includePrompt whether the answer begins with the prompt
 * @param tempo quarters a minute to write into the answer, {@link #MIN_TEMPO}..{@link #MAX_TEMPO}; null: the prompt's,
 *     else 120. It changes bars and note values, not when notes sound.
 * @param timeout from the arrival of the request to the last note
 */
public record GenerateRequest(
        ModelReference model,
        GenerationOptions options,
        boolean seedGiven,
        Controls controls,
        @Nullable PromptInput prompt,
        boolean includePrompt,
        @Nullable Double tempo,
        Duration timeout) {
    public static final double MIN_TEMPO = 10;
    public static final double MAX_TEMPO = 1000;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    /** What the generator is given to continue. */
    public @Nullable Prompt heard() {
        return prompt == null ? null : prompt.prompt();
    }

    /**
     * Everything of the request that the answer's bytes depend on, in one line and in one spelling, so that two requests
     * for the same thing have the same text.
     */
    public String normalised() {
        return String.join(
                "|",
                "seed=" + options.seed(),
                "length=" + options.length(),
                "temperature=" + options.temperature(),
                "n=" + options.variations(),
                "controls=" + controls,
                "prompt=" + (prompt == null ? "" : prompt.sha256() + (includePrompt ? "+" : "-")),
                "tempo=" + (tempo == null ? "" : tempo));
    }
}
