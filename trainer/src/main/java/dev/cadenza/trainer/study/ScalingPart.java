package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.report.LineChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Part 3: what more data is worth, at equal updates. */
final class ScalingPart implements StudyPart {
    /** The name under which the training on everything is kept: parts 7 and 8 compare with it. */
    static final String EVERYTHING = "data-100";

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String title() {
        return "Scaling with data";
    }

    private static final double ROUNDED = 1e-6;

    private static String name(double share) {
        return "data-" + String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        Attempts attempts = new Attempts(context);
        for (PresetRuns preset : PresetRuns.values()) {
            for (double share : context.plan().shares()) {
                attempts.add(() -> train(context, preset, share));
            }
        }
        attempts.end();
    }

    private static ObjectNode train(StudyContext context, PresetRuns preset, double share)
            throws IOException, CorpusFormatException {
        Optional<ObjectNode> done = context.cells().read(preset.key(name(share)));
        if (done.isPresent()) {
            return done.get();
        }
        EncodedCorpus corpus = Performances.part(
                context.data().performances(), share, context.plan().validationPieces());
        return preset.trained(context, name(share), corpus);
    }

    /** The training on everything, made when it is not there. */
    static void everything(StudyContext context, PresetRuns preset) throws IOException, CorpusFormatException {
        EncodedCorpus corpus = Performances.part(
                context.data().performances(), 1, context.plan().validationPieces());
        preset.trained(context, EVERYTHING, corpus);
    }

    @Override
    public void write(StudyContext context) throws IOException {
        for (PresetRuns preset : PresetRuns.values()) {
            List<ObjectNode> cells = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (double share : context.plan().shares()) {
                Optional<ObjectNode> cell = context.cells().read(preset.key(name(share)));
                if (cell.isPresent()) {
                    cells.add(cell.get());
                    shares.add(share);
                }
            }
            context.report().heading(3, "The preset " + preset.title());
            if (cells.size() < 2) {
                context.report().paragraph("Not done yet.");
                continue;
            }
            write(context, preset, shares, cells);
        }
    }

    private static void write(StudyContext context, PresetRuns preset, List<Double> shares, List<ObjectNode> cells)
            throws IOException {
        double[] notes = cells.stream()
                .mapToDouble(cell -> cell.path("train_notes").asDouble())
                .toArray();
        double[] losses = cells.stream()
                .mapToDouble(cell -> cell.path("validation").asDouble())
                .toArray();
        // What every share reached: each can be asked when it was there.
        double given = Arrays.stream(losses).max().orElseThrow();
        LineChart curves = new LineChart("validation loss by update", "update", preset.lossName());
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> points = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            ObjectNode cell = cells.get(i);
            for (int point = 0; point < cell.path("curve_loss").size(); point++) {
                points.add(List.of(
                        cell.path("train_notes").asText(),
                        cell.path("curve_updates").path(point).asText(),
                        Figures.of("%.6f", cell.path("curve_loss").path(point))));
            }
            curves.add(
                    String.format(Locale.ROOT, "%.0f %%", 100 * shares.get(i)),
                    OptimiserPart.numbers(cell.path("curve_updates")),
                    OptimiserPart.numbers(cell.path("curve_loss")));
            double passes = cell.path("notes_seen").asDouble()
                    / cell.path("train_notes").asDouble();
            OptionalDouble reached = epochsTo(cell, given);
            rows.add(List.of(
                    String.format(Locale.ROOT, "%.0f %%", 100 * shares.get(i)),
                    cell.path("train_pieces").asText(),
                    String.format(Locale.ROOT, "%,d", cell.path("train_notes").asLong()),
                    String.format(Locale.ROOT, "%.5f", losses[i]),
                    String.format(Locale.ROOT, "%.2f", passes),
                    reached.isPresent() ? String.format(Locale.ROOT, "%.2f", reached.getAsDouble()) : "not reached",
                    String.format(Locale.ROOT, "%.1f", cell.path("seconds").asDouble() / 60)));
        }
        PowerLaw law = PowerLaw.fit(notes, losses);
        double[] fitted = new double[notes.length];
        for (int i = 0; i < notes.length; i++) {
            fitted[i] = law.at(notes[i]);
        }
        context.report()
                .paragraph(String.format(
                        Locale.ROOT,
                        "%,d updates each, seed 1, the best validation, on %d validation pieces. %s"
                                + " \"Epochs to\" is passes over the share until the highest loss that a share reached at"
                                + " its best, %.5f. Fitted: loss = %s, x in notes; best and worst share lie %.1f %% apart."
                                + " With one seed and so few passes over the larger shares the limit is the time, not the"
                                + " data: the law is that of this budget, and an exponent near 0 says that more data was"
                                + " worth nothing in it.",
                        cells.get(0).path("updates").asLong(),
                        context.plan().validationPieces(),
                        preset == PresetRuns.PAPER
                                ? "Adam 1e-3 without dropout, so that something is learned in that time."
                                : "An LSTM of " + context.plan().performerHidden() + " units.",
                        given,
                        law,
                        100 * (given / Arrays.stream(losses).min().orElseThrow() - 1)))
                .table(
                        "scaling-" + preset.id(),
                        List.of("share", "pieces", "notes", preset.lossName(), "passes", "epochs to", "minutes"),
                        rows)
                .figure(
                        "scaling-" + preset.id(),
                        "Validation loss by data, " + preset.title(),
                        new LineChart("loss by notes", "training notes", preset.lossName())
                                .logX()
                                .logY()
                                .add("measured", notes, losses)
                                .dashed("power law", notes, fitted)
                                .svg())
                .figure(
                        "scaling-" + preset.id() + "-curves",
                        "Validation loss by update, " + preset.title(),
                        curves.svg())
                .csv(
                        "scaling-" + preset.id() + "-curves",
                        List.of("training notes", "update", preset.lossName()),
                        points);
    }

    private static OptionalDouble epochsTo(ObjectNode cell, double loss) {
        double[] updates = OptimiserPart.numbers(cell.path("curve_updates"));
        double[] losses = OptimiserPart.numbers(cell.path("curve_loss"));
        double notesPerUpdate =
                cell.path("notes_seen").asDouble() / cell.path("updates").asDouble();
        for (int i = 0; i < losses.length; i++) {
            // The curve comes from a file of eight decimals.
            if (losses[i] <= loss * (1 + ROUNDED)) {
                return OptionalDouble.of(
                        updates[i] * notesPerUpdate / cell.path("train_notes").asDouble());
            }
        }
        return OptionalDouble.empty();
    }
}
