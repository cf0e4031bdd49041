package dev.cadenza.trainer.study.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cadenza.trainer.study.Cell;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A preset that was trained under one noise, measured under all.
 *
 * @param losses by the name of the noise that was measured under
 */
public record NoiseResult(Map<String, Double> losses) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NoiseResult {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    }

    /** The file is this map. */
    @JsonValue
    @Override
    public Map<String, Double> losses() {
        return losses;
    }

    /** Its place. */
    public static Cell<NoiseResult> cell(ComparedPreset preset, String trainedOn) {
        return new Cell<>("noise/" + preset.id() + "-" + trainedOn.replace(' ', '-'), NoiseResult.class);
    }

    /** The loss under a noise; null when it was not measured. */
    public @Nullable Double under(String noise) {
        return losses.get(noise);
    }
}
