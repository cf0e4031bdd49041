package dev.cadenza.generation.step;

import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Optional;

/**
 * What a model's rows need for a step in addition to the notes.
 *
 * @param noise how the numbers in {@link StepInput#noise} are distributed
 * @param noiseWidth of them, a row and step
 * @param uniformWidth numbers between 0 and 1, a row and step
 * @param biasWidth choices that can be made more or less likely, a row
 * @param controlsWidth numbers that describe the music to come, a row and step
 * @param classes what the choices are, when the model has any: without them it can neither be cut to its likelier
 *     choices, nor kept in a key, nor asked for a density
 * @param scores whether it can say of a given note how likely it is
 */
public record StepShape(
        Noise.Distribution noise,
        int noiseWidth,
        int uniformWidth,
        int biasWidth,
        int controlsWidth,
        Optional<PerformerEncoding> classes,
        boolean scores) {
    /** A model that takes standard normal numbers and nothing else. */
    public static StepShape regression(int noiseWidth) {
        return new StepShape(Noise.Distribution.NORMAL, noiseWidth, 0, 0, 0, Optional.empty(), true);
    }

    /** A model of the kind {@code performer}. */
    public static StepShape performer(PerformerEncoding encoding) {
        PerformerChoices choices = new PerformerChoices(encoding);
        return new StepShape(
                Noise.Distribution.GUMBEL,
                choices.count(),
                PerformerChoices.UNIFORMS,
                choices.count(),
                dev.cadenza.notematrix.PerformerControls.WIDTH,
                Optional.of(encoding),
                true);
    }

    /** A model whose steps are not notes: it draws its own numbers from {@link StepInput#seeds}. */
    public static StepShape steps() {
        return new StepShape(Noise.Distribution.NORMAL, 0, 0, 0, 0, Optional.empty(), false);
    }
}
