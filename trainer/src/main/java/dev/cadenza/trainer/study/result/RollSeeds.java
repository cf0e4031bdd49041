package dev.cadenza.trainer.study.result;

import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.study.Cells;
import dev.cadenza.trainer.study.StudyPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The trainings of one piano-roll model on one corpus, as far as they are there.
 *
 * @param results in the order of the plan's seeds
 */
public record RollSeeds(List<RollResult> results) {
    public RollSeeds {
        results = List.copyOf(results);
    }

    /** Reads them. */
    public static RollSeeds read(Cells cells, StudyPlan plan, String corpus, RollArchitecture architecture)
            throws IOException {
        List<RollResult> results = new ArrayList<>();
        for (long seed : plan.rollSeeds()) {
            RollResult.cell(corpus, architecture, seed).read(cells).ifPresent(results::add);
        }
        return new RollSeeds(results);
    }

    /** Whether there is none. */
    public boolean none() {
        return results.isEmpty();
    }

    /** Test figures of all seeds, that of the best validation last. */
    public double[] tests() {
        return results.stream()
                .sorted(Comparator.comparingDouble(RollResult::valid))
                .mapToDouble(RollResult::test)
                .toArray();
    }

    /** The test figure of the seed of the best validation. */
    public double best() {
        double[] tests = tests();
        return tests[tests.length - 1];
    }
}
