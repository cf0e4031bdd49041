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
import dev.cadenza.trainer.paper.PaperMeasures;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.report.LineChart;
import dev.cadenza.trainer.run.MetricsFile;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Part 1, the seed's Fig. 4 and 6: loss and accuracy of the paper preset over its epochs, and its weights. */
final class CurvePart implements StudyPart {
    static final String KEY = "paper/curve";
    static final String TRIVIAL = "paper/trivial";
    private static final String RUN = "paper-curve";
    private static final int HELD_PIECES = 2;
    private static final int STEP_ROWS = 2000;
    private static final int UPDATE = 0;
    private static final int MEDIAN = 6;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "Loss and accuracy of the seed's model (its Fig. 4 and 6)";
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus corpus =
                Performances.part(context.data().performances(), context.plan().curveShare(), HELD_PIECES);
        context.cells().of(KEY, () -> train(context, corpus));
        EncodedCorpus whole = context.data().performances();
        context.cells().of(TRIVIAL, () -> {
            try {
                Checkpoint best =
                        Checkpoint.read(context.runs().folder().resolve(RUN).resolve("best.zip"));
                int window = PaperPreset.seedPaper(1).window();
                return PaperMeasures.measure(
                                best.network(),
                                best.info().paperEncoding(),
                                window,
                                whole,
                                Split.VALIDATION,
                                notes -> {})
                        .toJson();
            } catch (CheckpointFormatException e) {
                throw new IOException(e.getMessage() + "; remove the cell " + KEY + " to train it again", e);
            }
        });
    }

    private static ObjectNode train(StudyContext context, EncodedCorpus corpus) throws IOException {
        PaperPreset preset = PaperPreset.seedPaper(1);
        Path folder = context.runs().folder().resolve(RUN);
        int epochs = context.plan().curveEpochs();
        long updates = epochs * (corpus.notes(Split.TRAIN) / preset.window() / preset.batch() + 1);
        WatchedCourse course = new WatchedCourse(
                new PaperCourse(preset, corpus), folder, Math.toIntExact((updates + STEP_ROWS - 1) / STEP_ROWS));
        TrainingLimits limits = new TrainingLimits(
                epochs, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        Runs.Trained trained = context.runs().train(RUN, course, preset.toJson(), limits, preset.seed());
        ObjectNode cell = new ObjectMapper().createObjectNode();
        cell.put("pieces", corpus.pieces(Split.TRAIN).size())
                .put("notes", corpus.notes(Split.TRAIN))
                .put("validation_pieces", corpus.pieces(Split.VALIDATION).size())
                .put("validation_notes", corpus.notes(Split.VALIDATION))
                .put("epochs", epochs)
                .put("seconds", trained.outcome().seconds())
                .put("threads", context.runs().replicas())
                .put("updates", trained.outcome().updates())
                .put("parameters", trained.best().network().numParams());
        rows(
                cell,
                "curve",
                WatchedCourse.CURVE_HEADER,
                CsvRows.read(course.curve(), 1, WatchedCourse.CURVE_HEADER.size()));
        rows(
                cell,
                "weights",
                WatchedCourse.WEIGHTS_HEADER,
                CsvRows.read(course.weights(), 2, WatchedCourse.WEIGHTS_HEADER.size()));
        rows(
                cell,
                "steps",
                WatchedCourse.STEPS_HEADER,
                CsvRows.read(course.steps(), 1, WatchedCourse.STEPS_HEADER.size()));
        cell.put("measuring_seconds", measuring(cell, "curve") + measuring(cell, "steps"));
        rows(
                cell,
                "batches",
                List.of("update", "train_mse"),
                batches(trained.run().metrics()));
        return cell;
    }

    /** The sum of a table's last column. */
    private static double measuring(ObjectNode cell, String table) {
        return rows(cell.path(table)).stream()
                .mapToDouble(row -> Double.parseDouble(row.get(row.size() - 1)))
                .sum();
    }

    /** Hours of training without what was measured on the way. */
    static double trainingHours(ObjectNode cell) {
        return (cell.path("seconds").asDouble() - cell.path("measuring_seconds").asDouble()) / 3600;
    }

    /** Training loss by update: means over runs of updates, so that the file stays small. */
    private static List<List<String>> batches(Path metrics) throws IOException {
        List<List<String>> batches = CsvRows.read(metrics, 4, MetricsFile.COLUMNS).stream()
                .filter(row -> row.get(0).equals("batch"))
                .toList();
        int together = Math.max(1, batches.size() / STEP_ROWS);
        List<List<String>> means = new ArrayList<>();
        for (int from = 0; from + together <= batches.size(); from += together) {
            double sum = 0;
            for (List<String> row : batches.subList(from, from + together)) {
                sum += Double.parseDouble(row.get(6));
            }
            means.add(List.of(
                    batches.get(from + together - 1).get(3), String.format(Locale.ROOT, "%.6f", sum / together)));
        }
        return means;
    }

    private static void rows(ObjectNode cell, String name, List<String> header, List<List<String>> rows) {
        ObjectNode table = cell.putObject(name);
        header.forEach(table.putArray("header")::add);
        rows.forEach(row -> row.forEach(table.withArray("cells")::add));
    }

    private static List<List<String>> rows(JsonNode table) {
        int width = table.path("header").size();
        List<List<String>> rows = new ArrayList<>();
        JsonNode cells = table.path("cells");
        for (int from = 0; width > 0 && from + width <= cells.size(); from += width) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                row.add(cells.get(from + column).asText());
            }
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void write(StudyContext context) throws IOException, CorpusFormatException {
        Optional<ObjectNode> done = context.cells().read(KEY);
        if (done.isEmpty()) {
            context.report().paragraph("Not done yet.");
            return;
        }
        ObjectNode cell = done.get();
        List<List<String>> curve = rows(cell.path("curve"));
        double[] updates = CsvRows.column(curve, UPDATE);
        List<List<String>> steps = rows(cell.path("steps"));
        double[] stepUpdates = CsvRows.column(steps, UPDATE);
        List<String> last = curve.get(curve.size() - 1);
        long whole = context.data().performances().notes(Split.TRAIN);
        context.report()
                .paragraph(String.format(
                        Locale.ROOT,
                        "The paper preset (LSTM 512, window 50, dropout rate 0.75, Adam 1e-4, seed 1) over %d epochs of a"
                                + " subset: %d training pieces (%,d notes), %d validation pieces (%,d notes), drawn by a"
                                + " hash of their paths; on all %,d training notes it would take %.0f hours. %,d updates, %.1f minutes"
                                + " of training and %.1f of measuring, %d threads."
                                + " By epoch, losses without dropout on windows of both splits, the interval clipped at a second;"
                                + " by step, on the same windows of each each time, as many as a batch has (1,600 notes or"
                                + " up to twice that); accuracy is the share of notes whose predicted pitch, rounded, is the"
                                + " note's (the seed does not say what its accuracy is).",
                        cell.path("epochs").asInt(),
                        cell.path("pieces").asInt(),
                        cell.path("notes").asLong(),
                        cell.path("validation_pieces").asInt(),
                        cell.path("validation_notes").asLong(),
                        whole,
                        trainingHours(cell) * whole / cell.path("notes").asDouble(),
                        cell.path("updates").asLong(),
                        60 * trainingHours(cell),
                        cell.path("measuring_seconds").asDouble() / 60,
                        cell.path("threads").asInt()))
                .figure(
                        "paper-loss-steps",
                        "Loss by step, train and validation",
                        new LineChart("MSE of the paper preset by step", "update", "MSE")
                                .logY()
                                .add("train", stepUpdates, CsvRows.column(steps, 1))
                                .add("validation", stepUpdates, CsvRows.column(steps, 3))
                                .svg())
                .figure(
                        "paper-accuracy-steps",
                        "Accuracy by step, train and validation",
                        new LineChart("share of pitches hit by step", "update", "accuracy")
                                .add("train", stepUpdates, CsvRows.column(steps, 2))
                                .add("validation", stepUpdates, CsvRows.column(steps, 4))
                                .svg())
                .figure(
                        "paper-loss",
                        "Loss by epoch, train and validation",
                        new LineChart("MSE of the paper preset by epoch", "update", "MSE")
                                .logY()
                                .add("train", updates, CsvRows.column(curve, 1))
                                .add("validation", updates, CsvRows.column(curve, 3))
                                .svg())
                .figure(
                        "paper-loss-batches",
                        "Loss of the batches that were trained on, with dropout, by update",
                        new LineChart("MSE of batches", "update", "MSE")
                                .logY()
                                .add(
                                        "batches",
                                        CsvRows.column(rows(cell.path("batches")), 0),
                                        CsvRows.column(rows(cell.path("batches")), 1))
                                .svg())
                .figure(
                        "paper-accuracy",
                        "Accuracy by epoch, train and validation",
                        new LineChart("share of pitches hit by epoch", "update", "accuracy")
                                .add("train", updates, CsvRows.column(curve, 2))
                                .add("validation", updates, CsvRows.column(curve, 5))
                                .svg())
                .paragraph(String.format(
                        Locale.ROOT,
                        "At the end: train MSE %s, validation MSE %s (SNR %s dB), accuracy %s and %s.",
                        last.get(1),
                        last.get(3),
                        last.get(4),
                        last.get(2),
                        last.get(5)))
                .csv("paper-curve", WatchedCourse.CURVE_HEADER, curve)
                .csv("paper-steps", WatchedCourse.STEPS_HEADER, steps)
                .csv("paper-batches", List.of("update", "train_mse"), rows(cell.path("batches")));
        trivial(context);
        weights(context, rows(cell.path("weights")));
    }

    /** The model beside predictors that learn nothing. */
    private static void trivial(StudyContext context) throws IOException {
        Optional<ObjectNode> cell = context.cells().read(TRIVIAL);
        if (cell.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> row : cell.get().path("rows").properties()) {
            rows.add(List.of(
                    row.getKey(),
                    Figures.of("%.5f", row.getValue().path("mse")),
                    Figures.of("%.2f", row.getValue().path("snr_db")),
                    Figures.of("%.5f", row.getValue().path("mse_by_longest")),
                    Figures.of("%.2f", row.getValue().path("snr_db_by_longest"))));
        }
        context.report()
                .paragraph("The best of it on the whole validation split ("
                        + String.format(
                                Locale.ROOT, "%,d", cell.get().path("notes").asLong())
                        + " notes), beside predictors that learn nothing. Scaling A: "
                        + cell.get().path("scaling").asText() + "; B: "
                        + cell.get().path("scaling_by_longest").asText() + ".")
                .table("paper-errors", List.of("predictor", "MSE A", "SNR A dB", "MSE B", "SNR B dB"), rows);
    }

    /** The distribution of every parameter: median, quartiles, first and last percentile. */
    private static void weights(StudyContext context, List<List<String>> rows) throws IOException {
        List<String> names = rows.stream().map(row -> row.get(1)).distinct().toList();
        for (String name : names) {
            List<List<String>> of =
                    rows.stream().filter(row -> row.get(1).equals(name)).toList();
            double[] updates = CsvRows.column(of, UPDATE);
            LineChart chart = new LineChart("parameter " + name, "update", "value");
            chart.add("median", updates, CsvRows.column(of, MEDIAN));
            chart.add("25 %", updates, CsvRows.column(of, MEDIAN - 1));
            chart.add("75 %", updates, CsvRows.column(of, MEDIAN + 1));
            chart.dashed("1 %", updates, CsvRows.column(of, MEDIAN - 2));
            chart.dashed("99 %", updates, CsvRows.column(of, MEDIAN + 2));
            context.report()
                    .figure(
                            "paper-weights-" + name.replace('_', '-'),
                            "Distribution of layer " + name.replace("_", ", ") + " over training",
                            chart.svg());
        }
        context.report().csv("paper-weights", WatchedCourse.WEIGHTS_HEADER, rows);
    }
}
