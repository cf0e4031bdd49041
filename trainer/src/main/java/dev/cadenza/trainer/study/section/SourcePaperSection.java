package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollBaselines;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.StudyPlan;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Figures;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.CurveResult;
import dev.cadenza.trainer.study.result.PaperErrors;
import dev.cadenza.trainer.study.result.RollSeeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The source paper's figures one by one: whether each can be had again as it is stated, and what was measured here. */
public final class SourcePaperSection implements Section {
    private static final String CORPUS = StudyPlan.SOURCE_CORPUS;
    private static final String NO = "no";
    private static final String YES = "yes";
    private static final String NOT_DONE = "not done yet";

    private record Figure(String stated, String reproducible, String why, String measured) {}

    private static final Columns<Figure> COLUMNS = Columns.of(Figure.class)
            .text("the source paper says", Figure::stated)
            .text("reproducible", Figure::reproducible)
            .text("why", Figure::why)
            .text("measured here", Figure::measured);

    @Override
    public void write(StudyContext context, Report report) throws IOException, CorpusFormatException {
        List<Figure> rows = new ArrayList<>();
        Optional<PaperErrors> errors = PaperErrors.CELL.read(context.cells());
        rows.add(new Figure(
                "MSE 0.0052 on validation",
                NO,
                "Its scaling to 0..1 is not stated. At none of the two below does anything come near it; at intervals"
                        + " over the longest it would be about 15.5 dB and contradict its own SNR.",
                errors.map(SourcePaperSection::mse).orElse(NOT_DONE)));
        rows.add(new Figure(
                "SNR 12.3 dB",
                NO,
                "A figure of feature rows, not of sound. The mean of the last 50 notes gives more when intervals are"
                        + " divided by the longest.",
                errors.map(SourcePaperSection::snr).orElse(NOT_DONE)));
        rows.add(new Figure(
                "0.9 h of training",
                NO,
                "Machine, batch size and number of notes are not stated.",
                curveTime(context)));
        rows.add(new Figure(
                "Fig. 4 and 6, loss and accuracy over 200 epochs",
                "in part",
                "The curves can be drawn; what its accuracy counts is not stated. Here: the pitch hit exactly.",
                "part 1"));
        rows.add(new Figure(
                "Fig. 5: Random -61.00",
                YES,
                "88 ln 0.5: nats per step over 88 keys; this gives the unit away.",
                String.format(Locale.ROOT, "%.2f", RollBaselines.random())));
        rows.add(new Figure(
                "Fig. 5: TP-LSTM-NADE -5.44, -5.49",
                YES,
                "The Piano-midi.de column of Johnson 2017, best and median of five; a protocol is published.",
                measured(context, RollArchitecture.TP_LSTM_NADE)));
        rows.add(new Figure(
                "Fig. 5: BALSTM -4.90, -5.00", YES, "As above.", measured(context, RollArchitecture.BALSTM)));
        rows.add(new Figure(
                "Fig. 5: BALSTM -5.16, -6.59",
                NO,
                "The training figure of Kotecha and Young (arXiv 1804.07300); their test figure is -6.27, -7.93.",
                "-"));
        rows.add(new Figure(
                "Fig. 5: single LSTM -6.23",
                NO,
                "No protocol is published for it; a regression on note rows has no such likelihood. Here: an LSTM of"
                        + " 512 over the 88 keys.",
                measured(context, RollArchitecture.LSTM)));
        rows.add(new Figure("4.2 of 5 by listeners", NO, "How many listened to what is not stated.", "part 9"));
        report.heading(2, "The source paper's figures, row by row")
                .paragraph("Whether a figure can be reproduced as it is stated, why or why not, and what this study"
                        + " measured in its place. Errors: the source paper's model of part 1 (trained on a subset), then"
                        + " the mean of the last 50 notes, which learns nothing, on the whole validation split;"
                        + " the interval clipped at a second, then divided by the longest.")
                .table("source-paper", COLUMNS, rows);
    }

    private static String mse(PaperErrors errors) {
        return errors(errors, PaperErrors.Errors::mse, PaperErrors.Errors::mseByLongest, "%.5f");
    }

    private static String snr(PaperErrors errors) {
        return errors(errors, PaperErrors.Errors::snrDb, PaperErrors.Errors::snrDbByLongest, "%.2f dB");
    }

    private static String errors(
            PaperErrors errors,
            ToDoubleFunction<PaperErrors.Errors> clipped,
            ToDoubleFunction<PaperErrors.Errors> longest,
            String format) {
        return String.format(
                Locale.ROOT,
                "clipped %s (mean of last 50: %s); by longest %s (%s)",
                figure(errors, PaperErrors.MODEL, clipped, format),
                figure(errors, PaperErrors.MEAN_OF_LAST, clipped, format),
                figure(errors, PaperErrors.MODEL, longest, format),
                figure(errors, PaperErrors.MEAN_OF_LAST, longest, format));
    }

    private static String figure(
            PaperErrors errors, String predictor, ToDoubleFunction<PaperErrors.Errors> figure, String format) {
        PaperErrors.Errors row = errors.rows().get(predictor);
        return Figures.of(format, row == null ? null : figure.applyAsDouble(row));
    }

    private static String curveTime(StudyContext context) throws IOException {
        return CurveResult.CELL
                .read(context.cells())
                .map(curve -> String.format(
                        Locale.ROOT,
                        "%.2f h for %d epochs of %,d notes",
                        curve.trainingHours(),
                        curve.epochs(),
                        curve.notes()))
                .orElse(NOT_DONE);
    }

    private static String measured(StudyContext context, RollArchitecture architecture)
            throws IOException, CorpusFormatException {
        if (context.data().rolls().stream().noneMatch(corpus -> corpus.name().equals(CORPUS))) {
            return "that corpus is not among the rolls";
        }
        RollSeeds seeds = RollSeeds.read(context.cells(), context.plan(), CORPUS, architecture);
        int count = seeds.results().size();
        return seeds.none()
                ? NOT_DONE
                : String.format(
                        Locale.ROOT,
                        "%.2f, %.2f (%s)",
                        seeds.best(),
                        Figures.median(seeds.tests()),
                        count == 1 ? "one seed" : count + " seeds");
    }
}
