package dev.cadenza.trainer.study.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.study.Cell;

/**
 * A training of a piano-roll model.
 *
 * @param model {@link RollArchitecture#id}
 * @param valid log-likelihood of the validation split, nats per step
 * @param test log-likelihood of the test split, nats per step, of the checkpoint of the best validation
 * @param stepsSeen in all passes
 * @param preset as checkpoints say it
 */
public record RollResult(
        String corpus,
        String corpusSha256,
        String model,
        long seed,
        double valid,
        double test,
        long testSteps,
        double seconds,
        int threads,
        long updates,
        long stepsSeen,
        long parameters,
        JsonNode preset) {
    /** Its place. */
    public static Cell<RollResult> cell(String corpus, RollArchitecture architecture, long seed) {
        return new Cell<>(key(corpus, architecture, seed), RollResult.class);
    }

    static String key(String corpus, RollArchitecture architecture, long seed) {
        return "rolls/" + corpus + "/" + architecture.id() + "-" + seed;
    }

    /** The name of its run folder. */
    public static String run(String corpus, RollArchitecture architecture, long seed) {
        return key(corpus, architecture, seed).replace('/', '-');
    }
}
