package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperCourse;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.report.LineChart;
import dev.cadenza.trainer.run.MetricsFile;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Part 2: rules of updating, the learning rate of each chosen on validation from one grid. */
final class OptimiserPart implements StudyPart {
    private static final Map<String, DoubleFunction<IUpdater>> RULES = rules();
    private static final int HELD_PIECES = 3;
    private static final int VALIDATIONS = 4;
    private static final double MOMENTUM = 0.9;
    private static final String DIVERGED = "diverged";

    private static Map<String, DoubleFunction<IUpdater>> rules() {
        Map<String, DoubleFunction<IUpdater>> rules = new LinkedHashMap<>();
        rules.put("Adam", Adam::new);
        rules.put("SGD", Sgd::new);
        rules.put("Nesterov", rate -> new Nesterovs(rate, MOMENTUM));
        rules.put("RMSprop", RmsProp::new);
        rules.put("AdaGrad", AdaGrad::new);
        // It has no learning rate: the grid is of its epsilon.
        rules.put("AdaDelta", rate -> new AdaDelta(AdaDelta.DEFAULT_ADADELTA_RHO, rate * 1e-2));
        rules.put("Nadam", Nadam::new);
        rules.put("AMSGrad", AMSGrad::new);
        return rules;
    }

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String title() {
        return "Optimisers";
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus corpus =
                Performances.part(context.data().performances(), context.plan().optimiserShare(), HELD_PIECES);
        long firstSeed = context.plan().optimiserSeeds().get(0);
        Attempts grid = new Attempts(context);
        for (String rule : RULES.keySet()) {
            for (double rate : context.plan().optimiserRates()) {
                grid.add(() -> cell(context, corpus, rule, rate, firstSeed));
            }
        }
        // The rate is chosen once all are there.
        grid.end();
        Attempts attempts = new Attempts(context);
        for (String rule : RULES.keySet()) {
            Optional<Double> rate = chosen(context, rule);
            if (rate.isEmpty()) {
                context.log().accept(rule + " diverged at every rate");
                continue;
            }
            for (long seed : context.plan().optimiserSeeds()) {
                attempts.add(() -> cell(context, corpus, rule, rate.get(), seed));
            }
        }
        attempts.end();
    }

    private static String key(String rule, double rate, long seed) {
        return "optimisers/" + rule.toLowerCase(Locale.ROOT) + String.format(Locale.ROOT, "-%.0e-%d", rate, seed);
    }

    private static void cell(StudyContext context, EncodedCorpus corpus, String rule, double rate, long seed)
            throws IOException {
        String key = key(rule, rate, seed);
        context.cells().of(key, () -> train(context, corpus, rule, rate, seed, key));
    }

    private static ObjectNode train(
            StudyContext context, EncodedCorpus corpus, String rule, double rate, long seed, String key)
            throws IOException {
        PaperPreset base = PaperPreset.seedPaper(seed);
        IUpdater updater = RULES.getOrDefault(rule, Adam::new).apply(rate);
        PaperCourse course = new PaperCourse(base, corpus, updater);
        int updates = context.plan().optimiserUpdates();
        TrainingLimits limits = new TrainingLimits(
                Integer.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Integer.MAX_VALUE,
                Math.max(1, updates / VALIDATIONS),
                updates);
        ObjectNode cell = new ObjectMapper()
                .createObjectNode()
                .put("rule", rule)
                .put("rate", rate)
                .put("seed", seed)
                .put("notes", corpus.notes(Split.TRAIN))
                .put("updates", updates);
        try {
            Runs.Trained trained = context.runs()
                    .train(key.replace('/', '-'), course, base.toJson().put("rule", rule), limits, seed);
            Checkpoint last = Checkpoint.read(trained.run().last());
            PaperCourse.Scores scores = course.scores(last.network(), Split.VALIDATION);
            cell.put("mse", scores.mse())
                    .put("snr_db", scores.snrDecibels())
                    .put("best_mse", trained.outcome().bestValidation())
                    .put("threads", context.runs().replicas())
                    .put("seconds", trained.outcome().seconds());
            for (List<String> row : CsvRows.read(trained.run().metrics(), 4, MetricsFile.COLUMNS)) {
                if (row.get(0).equals("validation")) {
                    cell.withArray("curve_updates").add(Long.parseLong(row.get(3)));
                    cell.withArray("curve_mse").add(Double.parseDouble(row.get(7)));
                }
            }
        } catch (CheckpointFormatException e) {
            throw new IOException(e.getMessage(), e);
        } catch (ArithmeticException e) {
            cell.put(DIVERGED, String.valueOf(e.getMessage()).replaceFirst(";.*", ""));
        }
        return cell;
    }

    /** The rate of the lowest validation loss of the first seed; empty when none was tried. */
    private static Optional<Double> chosen(StudyContext context, String rule) throws IOException {
        Optional<Double> best = Optional.empty();
        double lowest = Double.POSITIVE_INFINITY;
        for (double rate : context.plan().optimiserRates()) {
            Optional<ObjectNode> cell = context.cells()
                    .read(key(rule, rate, context.plan().optimiserSeeds().get(0)));
            if (cell.isPresent() && cell.get().path("mse").asDouble(Double.POSITIVE_INFINITY) < lowest) {
                lowest = cell.get().path("mse").asDouble();
                best = Optional.of(rate);
            }
        }
        return best;
    }

    @Override
    public void write(StudyContext context) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> grid = new ArrayList<>();
        List<List<String>> curves = new ArrayList<>();
        List<String> diverged = new ArrayList<>();
        LineChart chart = new LineChart("validation MSE by optimiser, at its rate, seed 1", "update", "MSE").logY();
        long firstSeed = context.plan().optimiserSeeds().get(0);
        for (String rule : RULES.keySet()) {
            for (double rate : context.plan().optimiserRates()) {
                Optional<ObjectNode> cell = context.cells().read(key(rule, rate, firstSeed));
                cell.ifPresent(node -> grid.add(List.of(
                        rule,
                        String.format(Locale.ROOT, "%.0e", rate),
                        node.has(DIVERGED) ? DIVERGED : Figures.of("%.5f", node.path("mse")))));
                for (ObjectNode node : seeds(context, rule, rate)) {
                    curves.addAll(curve(node));
                    if (node.has(DIVERGED)) {
                        diverged.add(String.format(
                                Locale.ROOT,
                                "%s at %.0e (seed %d)",
                                rule,
                                rate,
                                node.path("seed").asLong()));
                    }
                }
            }
            Optional<Double> rate = chosen(context, rule);
            if (rate.isEmpty()) {
                continue;
            }
            List<ObjectNode> done = seeds(context, rule, rate.get()).stream()
                    .filter(node -> node.has("mse"))
                    .toList();
            double[] losses = sorted(done, "mse");
            rows.add(List.of(
                    rule,
                    String.format(Locale.ROOT, "%.0e", rate.get()),
                    String.format(Locale.ROOT, "%.5f", Figures.median(losses)),
                    String.format(Locale.ROOT, "%.5f..%.5f", losses[0], losses[losses.length - 1]),
                    String.format(Locale.ROOT, "%.5f", Figures.median(sorted(done, "best_mse"))),
                    String.format(Locale.ROOT, "%.2f", Figures.median(sorted(done, "snr_db"))),
                    Integer.toString(losses.length)));
            ObjectNode first =
                    context.cells().read(key(rule, rate.get(), firstSeed)).orElseThrow();
            chart.add(rule, numbers(first.path("curve_updates")), numbers(first.path("curve_mse")));
        }
        if (rows.isEmpty()) {
            context.report().paragraph("Not done yet.");
            return;
        }
        context.report()
                .paragraph(String.format(
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
                        diverged.isEmpty() ? "none" : String.join(", ", diverged)))
                .table(
                        "optimisers",
                        List.of(
                                "rule",
                                "rate",
                                "validation MSE, median",
                                "range",
                                "lowest on the way, median",
                                "SNR dB, median",
                                "seeds"),
                        rows)
                .figure("optimisers", "Convergence by optimiser", chart.svg())
                .csv("optimisers-grid", List.of("rule", "rate", "validation_mse"), grid)
                .csv("optimisers-curves", List.of("rule", "rate", "seed", "update", "validation_mse"), curves);
    }

    private static List<List<String>> curve(ObjectNode cell) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < cell.path("curve_mse").size(); i++) {
            rows.add(List.of(
                    cell.path("rule").asText(),
                    String.format(Locale.ROOT, "%.0e", cell.path("rate").asDouble()),
                    cell.path("seed").asText(),
                    cell.path("curve_updates").path(i).asText(),
                    Figures.of("%.6f", cell.path("curve_mse").path(i))));
        }
        return rows;
    }

    private static List<ObjectNode> seeds(StudyContext context, String rule, double rate) throws IOException {
        List<ObjectNode> cells = new ArrayList<>();
        for (long seed : context.plan().optimiserSeeds()) {
            context.cells().read(key(rule, rate, seed)).ifPresent(cells::add);
        }
        return cells;
    }

    private static double[] sorted(List<ObjectNode> cells, String field) {
        return cells.stream()
                .mapToDouble(cell -> cell.path(field).asDouble())
                .sorted()
                .toArray();
    }

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
