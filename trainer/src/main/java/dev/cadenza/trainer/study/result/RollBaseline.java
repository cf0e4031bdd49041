package dev.cadenza.trainer.study.result;

/** Predictors of piano rolls that are counted, not trained. */
public enum RollBaseline {
    RANDOM("Random"),
    BERNOULLI("per-key Bernoulli"),
    MARKOV("per-key Markov");

    private final String title;

    RollBaseline(String title) {
        this.title = title;
    }

    /** As in tables. */
    public String title() {
        return title;
    }

    /** Its figure in nats a test step. */
    public double of(BaselineResult result) {
        return switch (this) {
            case RANDOM -> result.random();
            case BERNOULLI -> result.bernoulli();
            case MARKOV -> result.markov();
        };
    }
}
