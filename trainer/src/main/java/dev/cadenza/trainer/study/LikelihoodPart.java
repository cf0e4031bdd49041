package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.report.RollPicture;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollBaselines;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.roll.RollCourse;
import dev.cadenza.trainer.roll.RollLikelihood;
import dev.cadenza.trainer.roll.RollPreset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Part 4, the seed's Fig. 5: piano-roll models by the likelihood of held-out steps. */
final class LikelihoodPart implements StudyPart {
    /** The longest trainings first. */
    private static final List<RollArchitecture> TIED_FIRST =
            List.of(RollArchitecture.BALSTM, RollArchitecture.TP_LSTM_NADE, RollArchitecture.LSTM);

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String title() {
        return "Likelihood of piano rolls (the seed's Fig. 5)";
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        List<RollCorpus> corpora = new ArrayList<>(context.data().rolls());
        // The corpus of the seed's figure first.
        corpora.sort((a, b) ->
                Boolean.compare(b.name().equals(StudyPlan.SEED_CORPUS), a.name().equals(StudyPlan.SEED_CORPUS)));
        Attempts attempts = new Attempts(context);
        for (RollCorpus corpus : corpora) {
            attempts.add(() -> baselines(context, corpus));
        }
        for (long seed : context.plan().rollSeeds()) {
            for (RollCorpus corpus : corpora) {
                for (RollArchitecture architecture : TIED_FIRST) {
                    attempts.add(() -> cell(context, corpus, architecture, seed));
                }
            }
        }
        attempts.end();
    }

    private static ObjectNode baselines(StudyContext context, RollCorpus corpus) throws IOException {
        return context.cells()
                .of(
                        "rolls/" + corpus.name() + "/baselines",
                        () -> new ObjectMapper()
                                .createObjectNode()
                                .put("random", RollBaselines.random())
                                .put(
                                        "bernoulli",
                                        RollBaselines.bernoulli(corpus.rolls(Split.TRAIN), corpus.rolls(Split.TEST)))
                                .put(
                                        "markov",
                                        RollBaselines.markov(corpus.rolls(Split.TRAIN), corpus.rolls(Split.TEST)))
                                .put("train_steps", corpus.steps(Split.TRAIN))
                                .put("test_steps", corpus.steps(Split.TEST)));
    }

    static String key(String corpus, RollArchitecture architecture, long seed) {
        return "rolls/" + corpus + "/" + architecture.id() + "-" + seed;
    }

    /** The name of a training's run folder. */
    static String run(String corpus, RollArchitecture architecture, long seed) {
        return key(corpus, architecture, seed).replace('/', '-');
    }

    private static ObjectNode cell(StudyContext context, RollCorpus corpus, RollArchitecture architecture, long seed)
            throws IOException {
        return context.cells()
                .of(key(corpus.name(), architecture, seed), () -> train(context, corpus, architecture, seed));
    }

    private static ObjectNode train(StudyContext context, RollCorpus corpus, RollArchitecture architecture, long seed)
            throws IOException {
        RollPreset preset = RollPreset.standard(
                        architecture, context.plan().rollUpdates(architecture, corpus.name()), seed)
                .withKeep(context.plan().rollKeep(architecture, corpus.name()));
        ObjectNode told = new ObjectMapper().createObjectNode();
        told.putObject("data")
                .put("name", corpus.name())
                .put("sha256", corpus.sha256())
                .put("split", RollCorpus.FILE_SPLIT)
                .put("licence", "unknown");
        told.set("preset", preset.toJson());
        RollCourse course = new RollCourse(preset, corpus, RollGrid.stepMillis(corpus.name()));
        Runs.Trained trained =
                context.runs().train(run(corpus.name(), architecture, seed), course, told, preset.limits(), seed);
        RollLikelihood valid = measured(context, trained, architecture, corpus.rolls(Split.VALIDATION));
        RollLikelihood test = measured(context, trained, architecture, corpus.rolls(Split.TEST));
        context.log()
                .accept(String.format(
                        Locale.ROOT,
                        "%s, %s, seed %d: valid %.3f, test %.3f",
                        corpus.name(),
                        architecture.title(),
                        seed,
                        valid.perStep(),
                        test.perStep()));
        ObjectNode cell = new ObjectMapper()
                .createObjectNode()
                .put("corpus", corpus.name())
                .put("corpus_sha256", corpus.sha256())
                .put("model", architecture.id())
                .put("seed", seed)
                .put("valid", valid.perStep())
                .put("test", test.perStep())
                .put("test_steps", test.steps())
                .put("seconds", trained.outcome().seconds())
                .put("threads", context.runs().replicas())
                .put("updates", trained.outcome().updates())
                .put("steps_seen", trained.outcome().notes())
                .put("parameters", trained.best().network().numParams());
        cell.set("preset", preset.toJson());
        return cell;
    }

    private static RollLikelihood measured(
            StudyContext context, Runs.Trained trained, RollArchitecture architecture, List<PianoRoll> rolls) {
        List<PianoRoll> first = new ArrayList<>();
        long steps = 0;
        for (int i = 0; i < rolls.size() && steps < context.plan().rollSteps(); i++) {
            first.add(rolls.get(i));
            steps += rolls.get(i).steps();
        }
        int threads = Runtime.getRuntime().availableProcessors();
        return RollLikelihood.measure(trained.best().network(), architecture, first, threads, done -> {});
    }

    @Override
    public void write(StudyContext context) throws IOException, CorpusFormatException {
        List<RollCorpus> corpora = context.data().rolls();
        List<List<String>> rows = new ArrayList<>();
        rows.add(baselineRow(context, "Random", "random", corpora));
        rows.add(baselineRow(context, "per-key Bernoulli", "bernoulli", corpora));
        rows.add(baselineRow(context, "per-key Markov", "markov", corpora));
        for (RollArchitecture architecture : RollArchitecture.values()) {
            rows.add(modelRow(context, architecture, corpora));
        }
        for (String published : PublishedRows.ORDER) {
            List<String> row = new ArrayList<>(List.of(published + ", published"));
            corpora.forEach(corpus -> row.add(PublishedRows.of(published, corpus.name())));
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("model"));
        corpora.forEach(corpus -> header.add(corpus.name()));
        context.report()
                .paragraph(
                        "Mean log-likelihood of a test step in nats: exact conditionals with everything before given, the"
                                + " sum over 88 keys of ln Bernoulli, the mean over all steps of all test sequences. The"
                                + " checkpoint of the best validation is measured on test once. Best, median and number of seeds;"
                                + " best is the test figure of the seed of the best validation. TP-LSTM-NADE and BALSTM are"
                                + " re-implementations: a time axis of one layer of 128 (Johnson's: two of 200), a NADE of 100 units"
                                + " over the 36 keys below, a note axis of two layers of 64 (his: 100), Adam (his:"
                                + " RMSprop with momentum). Dropout: half of the single"
                                + " LSTM's outputs, 0.4 of BALSTM's time axis on the seed's corpus, else none (his: half of everything). All are trained on sequences transposed by up to five semitones, which"
                                + " the published rows are not. The corpus of the seed's figure gets the most updates; on the others"
                                + " the models stop long before they have learned what they could."
                                + (context.plan().equals(StudyPlan.FULL) ? StudyPlan.HISTORY : ""))
                .table("likelihood", header, rows);
        List<List<String>> details = new ArrayList<>();
        for (ObjectNode cell : cells(context, corpora)) {
            details.add(List.of(
                    cell.path("corpus").asText(),
                    RollArchitecture.of(cell.path("model").asText()).title(),
                    cell.path("seed").asText(),
                    Figures.of("%.3f", cell.path("valid")),
                    Figures.of("%.3f", cell.path("test")),
                    String.format(Locale.ROOT, "%,d", cell.path("parameters").asLong()),
                    String.format(Locale.ROOT, "%,d", cell.path("steps_seen").asLong()),
                    String.format(Locale.ROOT, "%.1f", cell.path("seconds").asDouble() / 60),
                    cell.path("threads").asText()));
        }
        context.report()
                .table(
                        "likelihood-runs",
                        List.of(
                                "corpus",
                                "model",
                                "seed",
                                "valid",
                                "test",
                                "parameters",
                                "steps seen",
                                "minutes",
                                "threads"),
                        details);
        samples(context, corpora);
    }

    /** Every cell that is there. */
    static List<ObjectNode> cells(StudyContext context, List<RollCorpus> corpora) throws IOException {
        List<ObjectNode> cells = new ArrayList<>();
        for (RollCorpus corpus : corpora) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                for (long seed : context.plan().rollSeeds()) {
                    context.cells().read(key(corpus.name(), architecture, seed)).ifPresent(cells::add);
                }
            }
        }
        return cells;
    }

    private static List<String> baselineRow(StudyContext context, String title, String field, List<RollCorpus> corpora)
            throws IOException {
        List<String> row = new ArrayList<>(List.of(title));
        for (RollCorpus corpus : corpora) {
            row.add(Figures.of("%.2f", baselines(context, corpus).path(field)));
        }
        return row;
    }

    private static List<String> modelRow(StudyContext context, RollArchitecture architecture, List<RollCorpus> corpora)
            throws IOException {
        List<String> row = new ArrayList<>(List.of("**" + architecture.title() + "**"));
        for (RollCorpus corpus : corpora) {
            double[] tests = tests(context, corpus, architecture);
            row.add(
                    tests.length == 0
                            ? "not done yet"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f, %.2f (%d)",
                                    tests[tests.length - 1],
                                    Figures.median(tests),
                                    tests.length));
        }
        return row;
    }

    /** Test figures of all seeds, that of the best validation last. */
    static double[] tests(StudyContext context, RollCorpus corpus, RollArchitecture architecture) throws IOException {
        List<ObjectNode> cells = new ArrayList<>();
        for (long seed : context.plan().rollSeeds()) {
            context.cells().read(key(corpus.name(), architecture, seed)).ifPresent(cells::add);
        }
        return cells.stream()
                .sorted(Comparator.comparingDouble(cell -> cell.path("valid").asDouble()))
                .mapToDouble(cell -> cell.path("test").asDouble())
                .toArray();
    }

    private static void samples(StudyContext context, List<RollCorpus> corpora) throws IOException {
        for (RollCorpus corpus : corpora) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                Optional<RollSamples.Sample> sample = RollSamples.of(
                        context,
                        corpus.name(),
                        architecture,
                        context.plan().rollSeeds().get(0));
                if (sample.isPresent()) {
                    String title = architecture.title() + ", learned from " + corpus.name() + ", seed 1: 160 steps";
                    context.report()
                            .figure(
                                    "roll-" + corpus.name() + "-" + architecture.id(),
                                    title,
                                    RollPicture.svg(title, sample.get().roll()));
                }
            }
        }
    }
}
