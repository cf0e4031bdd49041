package dev.cadenza.trainer.study.experiment;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperMeasures;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.study.CellJson;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.Runs;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.CsvRows;
import dev.cadenza.trainer.study.report.TextRow;
import dev.cadenza.trainer.study.report.TextTable;
import dev.cadenza.trainer.study.result.BatchRow;
import dev.cadenza.trainer.study.result.CurveResult;
import dev.cadenza.trainer.study.result.EpochRow;
import dev.cadenza.trainer.study.result.PaperErrors;
import dev.cadenza.trainer.study.result.StepRow;
import dev.cadenza.trainer.study.result.WeightRow;
import dev.cadenza.trainer.training.MetricsFile;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Part 1: the paper preset over its epochs, watched on the way, compared with predictors that learn nothing. */
public final class CurveExperiment implements Experiment {
    private static final String RUN = "paper-curve";
    private static final int HELD_PIECES = 2;
    private static final int STEP_ROWS = 2000;

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus corpus =
                Performances.part(context.data().performances(), context.plan().curveShare(), HELD_PIECES);
        CurveResult.CELL.of(context.cells(), () -> train(context, corpus));
        EncodedCorpus whole = context.data().performances();
        PaperErrors.CELL.of(context.cells(), () -> errors(context, whole));
    }

    private static CurveResult train(StudyContext context, EncodedCorpus corpus) throws IOException {
        PaperPreset preset = PaperPreset.standard(1);
        Path folder = context.runs().folder().resolve(RUN);
        int epochs = context.plan().curveEpochs();
        long updates = epochs * (corpus.notes(Split.TRAIN) / preset.window() / preset.batch() + 1);
        WatchedTask task =
                new WatchedTask(preset, corpus, folder, Math.toIntExact((updates + STEP_ROWS - 1) / STEP_ROWS));
        TrainingLimits limits = new TrainingLimits(
                epochs, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        Runs.Trained trained = context.runs().train(RUN, task, preset.toJson(), limits, preset.seed());
        List<EpochRow> curve = read(task.curve(), EpochRow.COLUMNS, List.of("update"), EpochRow::of);
        List<StepRow> steps = read(task.steps(), StepRow.COLUMNS, List.of("update"), StepRow::of);
        List<WeightRow> weights =
                read(task.weights(), WeightRow.COLUMNS, List.of("update", "parameter"), WeightRow::of);
        return new CurveResult(
                corpus.pieces(Split.TRAIN).size(),
                corpus.notes(Split.TRAIN),
                corpus.pieces(Split.VALIDATION).size(),
                corpus.notes(Split.VALIDATION),
                epochs,
                trained.outcome().seconds(),
                context.runs().replicas(),
                trained.outcome().updates(),
                trained.best().network().numParams(),
                TextTable.of(EpochRow.COLUMNS, curve),
                TextTable.of(WeightRow.COLUMNS, weights),
                TextTable.of(StepRow.COLUMNS, steps),
                curve.stream().mapToDouble(EpochRow::measuringSeconds).sum()
                        + steps.stream().mapToDouble(StepRow::measuringSeconds).sum(),
                TextTable.of(BatchRow.COLUMNS, batches(trained.run().metrics())));
    }

    private static <R> List<R> read(Path file, Columns<R> columns, List<String> keys, Function<TextRow, R> reading)
            throws IOException {
        return CsvRows.read(file, columns.header(), keys).stream().map(reading).toList();
    }

    /** Training loss by update: means over runs of updates, so that the file stays small. */
    private static List<BatchRow> batches(Path metrics) throws IOException {
        List<MetricsFile.Row> batches = MetricsFile.read(metrics, "batch");
        int together = Math.max(1, batches.size() / STEP_ROWS);
        List<BatchRow> means = new ArrayList<>();
        for (int from = 0; from + together <= batches.size(); from += together) {
            double sum = 0;
            for (MetricsFile.Row row : batches.subList(from, from + together)) {
                sum += row.trainLoss();
            }
            means.add(new BatchRow(batches.get(from + together - 1).update(), sum / together));
        }
        return means;
    }

    private static PaperErrors errors(StudyContext context, EncodedCorpus whole) throws IOException {
        try {
            Checkpoint best =
                    Checkpoint.read(context.runs().folder().resolve(RUN).resolve("best.zip"));
            PaperMeasures measures = PaperMeasures.measure(
                    best.network(),
                    PaperEncoding.fromJson(best.info().encoding()),
                    PaperPreset.standard(1).window(),
                    whole,
                    Split.VALIDATION,
                    notes -> {});
            return CellJson.read(measures.toJson(), PaperErrors.class);
        } catch (CheckpointFormatException e) {
            throw new IOException(
                    e.getMessage() + "; remove the cell " + CurveResult.CELL.key() + " to train it again", e);
        }
    }
}
