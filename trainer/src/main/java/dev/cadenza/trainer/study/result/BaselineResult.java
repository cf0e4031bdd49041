package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cell;

/** Log-likelihoods of predictors that are counted, not trained, in nats a test step of a corpus of piano rolls. */
public record BaselineResult(double random, double bernoulli, double markov, long trainSteps, long testSteps) {
    /** Its place. */
    public static Cell<BaselineResult> cell(String corpus) {
        return new Cell<>("rolls/" + corpus + "/baselines", BaselineResult.class);
    }
}
