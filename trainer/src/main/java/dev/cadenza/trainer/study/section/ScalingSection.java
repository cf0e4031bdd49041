package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.LineChart;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.study.result.CurvePoint;
import dev.cadenza.trainer.study.result.PresetResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Part 3: what more data is worth, at equal updates. */
public final class ScalingSection implements Section {
    /** Curves come from a file of eight decimals. */
    private static final double ROUNDED = 1e-6;

    private static final int MINUTE = 60;

    /** The training on a share of the data. */
    private record Share(double share, PresetResult result) {
        String percent() {
            return String.format(Locale.ROOT, "%.0f %%", 100 * share);
        }

        double passes() {
            return result.notesSeen() / (double) result.trainNotes();
        }

        /** Passes over the share until a loss. */
        OptionalDouble passesTo(double loss) {
            double notesPerUpdate = result.notesSeen() / (double) result.updates();
            return result.curve().stream()
                    .filter(point -> point.loss() <= loss * (1 + ROUNDED))
                    .mapToDouble(point -> point.update() * notesPerUpdate / result.trainNotes())
                    .findFirst();
        }
    }

    private record Point(PresetResult of, CurvePoint point) {}

    @Override
    public void write(StudyContext context, Report report) throws IOException {
        for (ComparedPreset preset : ComparedPreset.values()) {
            List<Share> shares = new ArrayList<>();
            for (double share : context.plan().shares()) {
                Optional<PresetResult> result =
                        preset.cell(ComparedPreset.share(share)).read(context.cells());
                result.ifPresent(there -> shares.add(new Share(share, there)));
            }
            report.heading(3, "The preset " + preset.id());
            if (shares.size() < 2) {
                report.paragraph("Not done yet.");
                continue;
            }
            write(context, report, preset, shares);
        }
    }

    private static void write(StudyContext context, Report report, ComparedPreset preset, List<Share> shares)
            throws IOException {
        double[] notes = shares.stream()
                .mapToDouble(share -> share.result().trainNotes())
                .toArray();
        double[] losses = shares.stream()
                .mapToDouble(share -> share.result().validation())
                .toArray();
        // What every share reached: each can be asked when it was there.
        double given = Arrays.stream(losses).max().orElseThrow();
        double lowest = Arrays.stream(losses).min().orElseThrow();
        PowerLaw law = PowerLaw.fit(notes, losses);
        report.paragraph(String.format(
                        Locale.ROOT,
                        "%,d updates each, seed 1, the best validation, on %d validation pieces. %s \"Epochs to\" is"
                                + " passes over the share until the highest loss that a share reached at its best, %.5f."
                                + " Fitted: loss = %s, x in notes; best and worst share lie %.1f %% apart. With one seed"
                                + " and so few passes over the larger shares the limit is the time, not the data: the law"
                                + " is that of this budget, and an exponent near 0 says that more data was worth nothing"
                                + " in it.",
                        shares.get(0).result().updates(),
                        context.plan().validationPieces(),
                        switch (preset) {
                            case PAPER -> "Adam 1e-3 without dropout, so that something is learned in that time.";
                            case PERFORMER -> "An LSTM of " + context.plan().performerHidden() + " units.";
                        },
                        given,
                        law,
                        100 * (given / lowest - 1)))
                .table("scaling-" + preset.id(), columns(preset, given), shares)
                .figure(
                        "scaling-" + preset.id(),
                        "Validation loss by data, " + preset.id(),
                        new LineChart("loss by notes", "training notes", preset.lossName())
                                .logX()
                                .logY()
                                .add("measured", notes, losses)
                                .dashed(
                                        "power law",
                                        notes,
                                        Arrays.stream(notes).map(law::at).toArray())
                                .svg())
                .figure(
                        "scaling-" + preset.id() + "-curves",
                        "Validation loss by update, " + preset.id(),
                        curves(preset, shares))
                .csv("scaling-" + preset.id() + "-curves", pointColumns(preset), points(shares));
    }

    private static Columns<Share> columns(ComparedPreset preset, double given) {
        return Columns.of(Share.class)
                .text("share", Share::percent)
                .whole("pieces", row -> row.result().trainPieces())
                .grouped("notes", row -> row.result().trainNotes())
                .number(preset.lossName(), "%.5f", row -> row.result().validation())
                .number("passes", "%.2f", Share::passes)
                .text("epochs to", row -> reached(row.passesTo(given)))
                .number("minutes", "%.1f", row -> row.result().seconds() / MINUTE);
    }

    private static String reached(OptionalDouble passes) {
        return passes.isPresent() ? String.format(Locale.ROOT, "%.2f", passes.getAsDouble()) : "not reached";
    }

    private static String curves(ComparedPreset preset, List<Share> shares) {
        LineChart curves = new LineChart("validation loss by update", "update", preset.lossName());
        shares.forEach(
                share -> curves.add(share.percent(), share.result().curve(), CurvePoint::update, CurvePoint::loss));
        return curves.svg();
    }

    private static Columns<Point> pointColumns(ComparedPreset preset) {
        return Columns.of(Point.class)
                .whole("training notes", row -> row.of().trainNotes())
                .whole("update", row -> row.point().update())
                .figure(preset.lossName(), "%.6f", row -> row.point().loss());
    }

    private static List<Point> points(List<Share> shares) {
        return shares.stream()
                .flatMap(share -> share.result().curve().stream().map(point -> new Point(share.result(), point)))
                .toList();
    }
}
