package dev.cadenza.trainer.training;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate by update: linear from 0 to its peak over {@code warm} updates, constant until {@code hold}, then half
 * a cosine down to {@code peak x last} at {@code total}, where it stays.
 *
 * @param peak above 0
 * @param warm updates, at least 0
 * @param hold updates, at least {@code warm}
 * @param total updates, at least {@code hold}
 * @param last share of the peak that is left in the end, 0..1
 */
public record WarmCosine(
        @JsonProperty("peak") double peak,
        @JsonProperty("warm") int warm,
        @JsonProperty("hold") int hold,
        @JsonProperty("total") int total,
        @JsonProperty("last") double last)
        implements ISchedule {
    private static final long serialVersionUID = 1;

    public WarmCosine {
        if (!(peak > 0) || warm < 0 || hold < warm || total < hold || !(last >= 0 && last <= 1)) {
            throw new IllegalArgumentException("learning rate: peak (" + peak + ") must be above 0, warm (" + warm
                    + ") <= hold (" + hold + ") <= total (" + total + ") and last (" + last + ") in 0..1");
        }
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        if (iteration < warm) {
            return peak * (iteration + 1) / warm;
        }
        if (iteration < hold) {
            return peak;
        }
        double way = total == hold ? 1 : Math.min(1, (iteration - hold) / (double) (total - hold));
        return peak * (last + (1 - last) * 0.5 * (1 + Math.cos(Math.PI * way)));
    }

    @Override
    public ISchedule clone() {
        return this;
    }
}
