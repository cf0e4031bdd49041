package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.LineChart;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.BatchRow;
import dev.cadenza.trainer.study.result.CurveResult;
import dev.cadenza.trainer.study.result.EpochRow;
import dev.cadenza.trainer.study.result.PaperErrors;
import dev.cadenza.trainer.study.result.StepRow;
import dev.cadenza.trainer.study.result.WeightRow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Part 1: loss and accuracy of the paper preset over its epochs, its weights, and predictors that learn nothing. */
public final class CurveSection implements Section {
    private static final int MINUTES = 60;

    private record Predictor(String name, PaperErrors.Errors errors) {}

    private static final Columns<Predictor> PREDICTORS = Columns.of(Predictor.class)
            .text("predictor", Predictor::name)
            .figure("MSE A", "%.5f", row -> row.errors().mse())
            .figure("SNR A dB", "%.2f", row -> row.errors().snrDb())
            .figure("MSE B", "%.5f", row -> row.errors().mseByLongest())
            .figure("SNR B dB", "%.2f", row -> row.errors().snrDbByLongest());

    @Override
    public void write(StudyContext context, Report report) throws IOException, CorpusFormatException {
        Optional<CurveResult> result = CurveResult.CELL.read(context.cells());
        if (result.isEmpty()) {
            report.paragraph("Not done yet.");
            return;
        }
        CurveResult curve = result.get();
        List<EpochRow> epochs = curve.epochRows();
        setting(report, curve, context.data().performances().notes(Split.TRAIN));
        charts(report, curve);
        EpochRow last = epochs.get(epochs.size() - 1);
        report.paragraph(String.format(
                        Locale.ROOT,
                        "At the end: train MSE %.6f, validation MSE %.6f (SNR %.3f dB), accuracy %.5f and %.5f.",
                        last.trainMse(),
                        last.validationMse(),
                        last.validationSnrDb(),
                        last.trainAccuracy(),
                        last.validationAccuracy()))
                .csv("paper-curve", EpochRow.COLUMNS, epochs)
                .csv("paper-steps", StepRow.COLUMNS, curve.stepRows())
                .csv("paper-batches", BatchRow.COLUMNS, curve.batchRows());
        errors(context, report);
        weights(report, curve.weightRows());
    }

    private static void setting(Report report, CurveResult curve, long wholeNotes) {
        report.paragraph(String.format(
                Locale.ROOT,
                "The paper preset (LSTM 512, window 50, dropout rate 0.75, Adam 1e-4, seed 1) over %d epochs of a"
                        + " subset: %d training pieces (%,d notes), %d validation pieces (%,d notes), drawn by a hash of"
                        + " their paths; on all %,d training notes it would take %.0f hours. %,d updates, %.1f minutes of"
                        + " training and %.1f of measuring, %d threads. By epoch, losses without dropout on windows of"
                        + " both splits, the interval clipped at a second; by step, on the same windows of each each time,"
                        + " as many as a batch has (1,600 notes or up to twice that); accuracy is the share of notes whose"
                        + " predicted pitch, rounded, is the note's (the source paper does not say what its accuracy is).",
                curve.epochs(),
                curve.pieces(),
                curve.notes(),
                curve.validationPieces(),
                curve.validationNotes(),
                wholeNotes,
                curve.trainingHours() * wholeNotes / curve.notes(),
                curve.updates(),
                MINUTES * curve.trainingHours(),
                curve.measuringSeconds() / MINUTES,
                curve.threads()));
    }

    private static void charts(Report report, CurveResult curve) throws IOException {
        List<EpochRow> epochs = curve.epochRows();
        List<StepRow> steps = curve.stepRows();
        report.figure(
                        "paper-loss-steps",
                        "Loss by step, train and validation",
                        new LineChart("MSE of the paper preset by step", "update", "MSE")
                                .logY()
                                .add("train", steps, StepRow::update, StepRow::trainMse)
                                .add("validation", steps, StepRow::update, StepRow::validationMse)
                                .svg())
                .figure(
                        "paper-accuracy-steps",
                        "Accuracy by step, train and validation",
                        new LineChart("share of pitches hit by step", "update", "accuracy")
                                .add("train", steps, StepRow::update, StepRow::trainAccuracy)
                                .add("validation", steps, StepRow::update, StepRow::validationAccuracy)
                                .svg())
                .figure(
                        "paper-loss",
                        "Loss by epoch, train and validation",
                        new LineChart("MSE of the paper preset by epoch", "update", "MSE")
                                .logY()
                                .add("train", epochs, EpochRow::update, EpochRow::trainMse)
                                .add("validation", epochs, EpochRow::update, EpochRow::validationMse)
                                .svg())
                .figure(
                        "paper-loss-batches",
                        "Loss of the batches that were trained on, with dropout, by update",
                        new LineChart("MSE of batches", "update", "MSE")
                                .logY()
                                .add("batches", curve.batchRows(), BatchRow::update, BatchRow::trainMse)
                                .svg())
                .figure(
                        "paper-accuracy",
                        "Accuracy by epoch, train and validation",
                        new LineChart("share of pitches hit by epoch", "update", "accuracy")
                                .add("train", epochs, EpochRow::update, EpochRow::trainAccuracy)
                                .add("validation", epochs, EpochRow::update, EpochRow::validationAccuracy)
                                .svg());
    }

    /** The model compared with predictors that learn nothing. */
    private static void errors(StudyContext context, Report report) throws IOException {
        Optional<PaperErrors> result = PaperErrors.CELL.read(context.cells());
        if (result.isEmpty()) {
            return;
        }
        PaperErrors errors = result.get();
        report.paragraph(String.format(
                        Locale.ROOT,
                        "The best of it on the whole validation split (%,d notes), compared with predictors that learn"
                                + " nothing. Scaling A: %s; B: %s.",
                        errors.notes(),
                        errors.scaling(),
                        errors.scalingByLongest()))
                .table(
                        "paper-errors",
                        PREDICTORS,
                        errors.rows().entrySet().stream()
                                .map(row -> new Predictor(row.getKey(), row.getValue()))
                                .toList());
    }

    /** The distribution of every parameter: median, quartiles, first and last percentile. */
    private static void weights(Report report, List<WeightRow> rows) throws IOException {
        List<String> names = rows.stream().map(WeightRow::parameter).distinct().toList();
        for (String name : names) {
            List<WeightRow> of =
                    rows.stream().filter(row -> row.parameter().equals(name)).toList();
            report.figure(
                    "paper-weights-" + name.replace('_', '-'),
                    "Distribution of layer " + name.replace("_", ", ") + " over training",
                    new LineChart("parameter " + name, "update", "value")
                            .add("median", of, WeightRow::update, WeightRow::median)
                            .add("25 %", of, WeightRow::update, WeightRow::p25)
                            .add("75 %", of, WeightRow::update, WeightRow::p75)
                            .dashed("1 %", of, WeightRow::update, WeightRow::p01)
                            .dashed("99 %", of, WeightRow::update, WeightRow::p99)
                            .svg());
        }
        report.csv("paper-weights", WeightRow.COLUMNS, rows);
    }
}
