package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.study.Cells;
import dev.cadenza.trainer.study.StudyPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trainings of all rules, rates and seeds, as far as they are there.
 *
 * @param plan names rates and seeds
 */
public record OptimiserGrid(Cells cells, StudyPlan plan) {
    /** The seed of the whole grid, by which a rate is chosen. */
    public long firstSeed() {
        return plan.optimiserSeeds().get(0);
    }

    /** The training of the first seed. */
    public Optional<OptimiserResult> first(OptimiserRule rule, double rate) throws IOException {
        return OptimiserResult.cell(rule, rate, firstSeed()).read(cells);
    }

    /** The trainings of all seeds. */
    public List<OptimiserResult> seeds(OptimiserRule rule, double rate) throws IOException {
        List<OptimiserResult> results = new ArrayList<>();
        for (long seed : plan.optimiserSeeds()) {
            OptimiserResult.cell(rule, rate, seed).read(cells).ifPresent(results::add);
        }
        return results;
    }

    /** The rate of the lowest validation loss of the first seed; empty when none was tried, or all diverged. */
    public Optional<Double> chosenRate(OptimiserRule rule) throws IOException {
        Optional<Double> best = Optional.empty();
        double lowest = Double.POSITIVE_INFINITY;
        for (double rate : plan.optimiserRates()) {
            Optional<OptimiserResult> result = first(rule, rate);
            Double mse = result.isPresent() ? result.get().mse() : null;
            if (mse != null && mse < lowest) {
                lowest = mse;
                best = Optional.of(rate);
            }
        }
        return best;
    }
}
