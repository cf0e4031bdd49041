package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.study.Cell;

/**
 * A piano-roll model that was exported, proved, loaded and played.
 *
 * @param model {@link RollArchitecture#id}
 * @param name of the version
 * @param compared numbers that DL4J and ONNX Runtime both computed
 * @param notes that it played
 */
public record SystemResult(
        String corpus,
        String model,
        String name,
        long parameters,
        long bytes,
        long compared,
        double largestDifference,
        int notes) {
    /** Its place. */
    public static Cell<SystemResult> cell(String corpus, RollArchitecture architecture) {
        return new Cell<>("systems/" + corpus + "-" + architecture.id(), SystemResult.class);
    }
}
