package dev.cadenza.trainer.study.section;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadenza.files.WholeFile;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.study.CellJson;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Figures;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.BaselineResult;
import dev.cadenza.trainer.study.result.RollBaseline;
import dev.cadenza.trainer.study.result.RollResult;
import dev.cadenza.trainer.study.result.RollSeeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.json}: the likelihood table as rows {@code {corpus, model, best, median, published, seeds, hours,
 * parameters}}, log-likelihoods in nats per step; each with its data's hash and the command.
 */
public final class ResultsFile implements Section {
    private static final double HOUR = 3600;
    private static final Map<RollArchitecture, String> PUBLISHED = Map.of(
            RollArchitecture.LSTM, "RNN (HF)",
            RollArchitecture.TP_LSTM_NADE, "TP-LSTM-NADE (Johnson)",
            RollArchitecture.BALSTM, "BALSTM (Johnson)");

    private record Results(String unit, String command, List<Row> rows) {}

    /** Of a model on a corpus; null is left out, but for what was published. */
    private record Row(
            String corpus,
            String corpusSha256,
            String model,
            double best,
            double median,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String published,

            @Nullable String publishedModel,
            int seeds,
            double hours,
            @Nullable Integer threads,
            long parameters,
            @Nullable List<Long> seedList) {}

    @Override
    public void write(StudyContext context, Report report) throws IOException, CorpusFormatException {
        List<Row> rows = new ArrayList<>();
        for (RollCorpus corpus : context.data().rolls()) {
            Optional<BaselineResult> baselines =
                    BaselineResult.cell(corpus.name()).read(context.cells());
            if (baselines.isPresent()) {
                for (RollBaseline baseline : RollBaseline.values()) {
                    rows.add(row(corpus, baseline.title(), baseline.of(baselines.get())));
                }
            }
            for (RollArchitecture architecture : RollArchitecture.values()) {
                RollSeeds seeds = RollSeeds.read(context.cells(), context.plan(), corpus.name(), architecture);
                if (!seeds.none()) {
                    rows.add(row(corpus, architecture, seeds));
                }
            }
        }
        Results results =
                new Results("nats per step, log-likelihood of the test split", context.command(), List.copyOf(rows));
        WholeFile.write(context.folder().resolve("results.json"), CellJson.text(results));
    }

    private static Row row(RollCorpus corpus, String baseline, double value) {
        return new Row(corpus.name(), corpus.sha256(), baseline, value, value, null, null, 0, 0, null, 0, null);
    }

    private static Row row(RollCorpus corpus, RollArchitecture architecture, RollSeeds seeds) {
        RollResult last = seeds.results().get(seeds.results().size() - 1);
        double seconds =
                seeds.results().stream().mapToDouble(RollResult::seconds).sum();
        return new Row(
                corpus.name(),
                corpus.sha256(),
                architecture.title(),
                seeds.best(),
                Figures.median(seeds.tests()),
                PublishedRows.of(PUBLISHED.getOrDefault(architecture, ""), corpus.name()),
                PUBLISHED.get(architecture),
                seeds.results().size(),
                seconds / HOUR,
                last.threads(),
                last.parameters(),
                seeds.results().stream().map(RollResult::seed).toList());
    }
}
