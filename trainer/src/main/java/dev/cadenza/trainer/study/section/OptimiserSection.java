package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Figures;
import dev.cadenza.trainer.study.report.LineChart;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.CurvePoint;
import dev.cadenza.trainer.study.result.OptimiserGrid;
import dev.cadenza.trainer.study.result.OptimiserResult;
import dev.cadenza.trainer.study.result.OptimiserRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Part 2: rules of updating, each at its rate. */
public final class OptimiserSection implements Section {
    private static final String RATE = "%.0e";

    /** A rule at its rate: the trainings of all seeds that did not diverge. */
    private record Chosen(OptimiserRule rule, double rate, List<OptimiserResult> seeds) {
        double median(Function<OptimiserResult, @Nullable Double> figure) {
            return Figures.median(sorted(figure));
        }

        String range() {
            double[] losses = sorted(OptimiserResult::mse);
            return String.format(Locale.ROOT, "%.5f..%.5f", losses[0], losses[losses.length - 1]);
        }

        private double[] sorted(Function<OptimiserResult, @Nullable Double> figure) {
            return seeds.stream()
                    .map(figure)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
        }
    }

    private static final Columns<Chosen> CHOSEN = Columns.of(Chosen.class)
            .text("rule", row -> row.rule().title())
            .number("rate", RATE, Chosen::rate)
            .number("validation MSE, median", "%.5f", row -> row.median(OptimiserResult::mse))
            .text("range", Chosen::range)
            .number("lowest on the way, median", "%.5f", row -> row.median(OptimiserResult::bestMse))
            .number("SNR dB, median", "%.2f", row -> row.median(OptimiserResult::snrDb))
            .whole("seeds", row -> row.seeds().size());

    private static final Columns<OptimiserResult> GRID = Columns.of(OptimiserResult.class)
            .text("rule", OptimiserResult::rule)
            .number("rate", RATE, OptimiserResult::rate)
            .text(
                    "validation_mse",
                    result -> result.diverged() == null ? Figures.of("%.5f", result.mse()) : "diverged");

    private record Point(OptimiserResult of, CurvePoint point) {}

    private static final Columns<Point> CURVES = Columns.of(Point.class)
            .text("rule", row -> row.of().rule())
            .number("rate", RATE, row -> row.of().rate())
            .whole("seed", row -> row.of().seed())
            .whole("update", row -> row.point().update())
            .figure("validation_mse", "%.6f", row -> row.point().loss());

    @Override
    public void write(StudyContext context, Report report) throws IOException {
        OptimiserGrid results = new OptimiserGrid(context.cells(), context.plan());
        List<OptimiserResult> grid = new ArrayList<>();
        List<OptimiserResult> all = new ArrayList<>();
        List<Chosen> chosen = new ArrayList<>();
        LineChart chart = new LineChart("validation MSE by optimiser, at its rate, seed 1", "update", "MSE").logY();
        for (OptimiserRule rule : OptimiserRule.values()) {
            for (double rate : context.plan().optimiserRates()) {
                results.first(rule, rate).ifPresent(grid::add);
                all.addAll(results.seeds(rule, rate));
            }
            Optional<Double> rate = results.chosenRate(rule);
            if (rate.isPresent()) {
                List<OptimiserResult> seeds = results.seeds(rule, rate.get()).stream()
                        .filter(result -> result.mse() != null)
                        .toList();
                chosen.add(new Chosen(rule, rate.get(), seeds));
                OptimiserResult first = results.first(rule, rate.get()).orElseThrow();
                chart.add(rule.title(), first.curve(), CurvePoint::update, CurvePoint::loss);
            }
        }
        if (chosen.isEmpty()) {
            report.paragraph("Not done yet.");
            return;
        }
        setting(context, report, all);
        report.table("optimisers", CHOSEN, chosen)
                .figure("optimisers", "Convergence by optimiser", chart.svg())
                .csv("optimisers-grid", GRID, grid)
                .csv("optimisers-curves", CURVES, points(all));
    }

    private static List<Point> points(List<OptimiserResult> results) {
        return results.stream()
                .flatMap(result -> result.curve().stream().map(point -> new Point(result, point)))
                .toList();
    }

    private static void setting(StudyContext context, Report report, List<OptimiserResult> all) {
        List<String> diverged = all.stream()
                .filter(result -> result.diverged() != null)
                .map(result ->
                        String.format(Locale.ROOT, "%s at %.0e (seed %d)", result.rule(), result.rate(), result.seed()))
                .toList();
        report.paragraph(String.format(
                Locale.ROOT,
                "The paper preset with its dropout, %d updates of 1,600 notes on %.0f %% of the training pieces."
                        + " MSE and SNR are those after the last update, on windows of validation pieces. The learning"
                        + " rate of each rule is the one of the grid %s with the lowest validation"
                        + " MSE at seed 1; with it, %d seeds. AdaDelta has no learning rate: its grid is of"
                        + " epsilon, a hundredth of the value named. A rate at an end of the grid might be better"
                        + " beyond it. What ranks first here is what learns fastest in so few updates. Diverged: %s.",
                context.plan().optimiserUpdates(),
                100 * context.plan().optimiserShare(),
                context.plan().optimiserRates(),
                context.plan().optimiserSeeds().size(),
                diverged.isEmpty() ? "none" : String.join(", ", diverged)));
    }
}
