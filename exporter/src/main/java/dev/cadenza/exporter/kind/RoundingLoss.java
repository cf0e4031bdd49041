package dev.cadenza.exporter.kind;

/**
 * What rounded weights cost, on the checkpoint's own pieces, each played alone step by step as a server does.
 *
 * @param exactNats nats per note with the weights as trained
 * @param nats nats per note with the rounded weights
 * @param notes how many
 */
public record RoundingLoss(double exactNats, double nats, long notes) {
    /** More than this share of the likelihood must not be lost. */
    public static final double MOST = 0.01;

    /** The share of the likelihood that is lost; below 0 if there is a gain. */
    public double share() {
        return nats / exactNats - 1;
    }

    /**
     * Refuses too great a loss.
     *
     * @throws ExportRefusedException if more than 1 % is lost
     */
    public void require() throws ExportRefusedException {
        if (!(share() <= MOST)) {
            throw new ExportRefusedException(
                    "rounded weights lose %.2f %% of the likelihood (%.4f instead of %.4f nats per note); the limit is 1 %%"
                            .formatted(100 * share(), nats, exactNats));
        }
    }
}
