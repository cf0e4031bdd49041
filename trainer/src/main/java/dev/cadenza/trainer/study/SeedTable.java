package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollBaselines;
import dev.cadenza.trainer.roll.RollCorpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The seed's figures one by one: whether each can be had again as it is stated, and what was measured here. */
final class SeedTable {
    private static final String CORPUS = StudyPlan.SEED_CORPUS;
    private static final String NO = "no";
    private static final String YES = "yes";

    private SeedTable() {}

    static void write(StudyContext context) throws IOException, CorpusFormatException {
        List<List<String>> rows = new ArrayList<>();
        Optional<ObjectNode> trivial = context.cells().read(CurvePart.TRIVIAL);
        rows.add(List.of(
                "MSE 0.0052 on validation",
                NO,
                "Its scaling to 0..1 is not stated. At none of the two below does anything come near it; at intervals over"
                        + " the longest it would be about 15.5 dB and contradict its own SNR.",
                trivial.map(cell -> errors(cell, "mse", "mse_by_longest", "%.5f"))
                        .orElse("not done yet")));
        rows.add(List.of(
                "SNR 12.3 dB",
                NO,
                "A figure of feature rows, not of sound. The mean of the last 50 notes gives more when intervals are divided"
                        + " by the longest.",
                trivial.map(cell -> errors(cell, "snr_db", "snr_db_by_longest", "%.2f dB"))
                        .orElse("not done yet")));
        rows.add(List.of(
                "0.9 h of training",
                NO,
                "Machine, batch size and number of notes are not stated.",
                curveTime(context)));
        rows.add(List.of(
                "Fig. 4 and 6, loss and accuracy over 200 epochs",
                "in part",
                "The curves can be drawn; what its accuracy counts is not stated. Here: the pitch hit exactly.",
                "part 1"));
        Optional<RollCorpus> corpus = context.data().rolls().stream()
                .filter(of -> of.name().equals(CORPUS))
                .findFirst();
        rows.add(List.of(
                "Fig. 5: Random -61.00",
                YES,
                "88 ln 0.5: nats a step over 88 keys; this gives the unit away.",
                String.format(Locale.ROOT, "%.2f", RollBaselines.random())));
        rows.add(List.of(
                "Fig. 5: TP-LSTM-NADE -5.44, -5.49",
                YES,
                "The Piano-midi.de column of Johnson 2017, best and median of five; a protocol is published.",
                measured(context, corpus, RollArchitecture.TP_LSTM_NADE)));
        rows.add(List.of(
                "Fig. 5: BALSTM -4.90, -5.00", YES, "As above.", measured(context, corpus, RollArchitecture.BALSTM)));
        rows.add(List.of(
                "Fig. 5: BALSTM -5.16, -6.59",
                NO,
                "The training figure of Kotecha and Young (arXiv 1804.07300); their test figure is -6.27, -7.93.",
                "-"));
        rows.add(List.of(
                "Fig. 5: single LSTM -6.23",
                NO,
                "No protocol is published for it; a regression on note rows has no such likelihood. Here: an LSTM of 512"
                        + " over the 88 keys.",
                measured(context, corpus, RollArchitecture.LSTM)));
        rows.add(List.of("4.2 of 5 by listeners", NO, "How many listened to what is not stated.", "part 9"));
        context.report()
                .heading(2, "The seed's figures, row by row")
                .paragraph(
                        "Whether a figure can be reproduced as it is stated, why or why not, and what this study measured"
                                + " in its place. Errors: the seed's model of part 1 (trained on a subset), then the mean of the last"
                                + " 50 notes, which learns nothing, on the whole validation split; the interval clipped at a second,"
                                + " then divided by the longest.")
                .table("seed", List.of("the seed says", "reproducible", "why", "measured here"), rows);
    }

    private static String errors(ObjectNode cell, String clipped, String longest, String format) {
        JsonNode rows = cell.path("rows");
        JsonNode model = rows.path("model, state carried");
        JsonNode mean = rows.path("mean of last 50");
        return String.format(
                Locale.ROOT,
                "clipped %s (mean of last 50: %s); by longest %s (%s)",
                Figures.of(format, model.path(clipped)),
                Figures.of(format, mean.path(clipped)),
                Figures.of(format, model.path(longest)),
                Figures.of(format, mean.path(longest)));
    }

    private static String curveTime(StudyContext context) throws IOException {
        Optional<ObjectNode> cell = context.cells().read(CurvePart.KEY);
        return cell.map(node -> String.format(
                        Locale.ROOT,
                        "%.2f h for %d epochs of %,d notes",
                        CurvePart.trainingHours(node),
                        node.path("epochs").asInt(),
                        node.path("notes").asLong()))
                .orElse("not done yet");
    }

    private static String measured(StudyContext context, Optional<RollCorpus> corpus, RollArchitecture architecture)
            throws IOException {
        if (corpus.isEmpty()) {
            return "that corpus is not among the rolls";
        }
        double[] tests = LikelihoodPart.tests(context, corpus.get(), architecture);
        return tests.length == 0
                ? "not done yet"
                : String.format(
                        Locale.ROOT,
                        "%.2f, %.2f (%s)",
                        tests[tests.length - 1],
                        Figures.median(tests),
                        tests.length == 1 ? "one seed" : tests.length + " seeds");
    }
}
