package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.evaluation.Histogram;
import dev.cadenza.trainer.evaluation.PieceFeatures;
import dev.cadenza.trainer.evaluation.PlayingFigures;
import dev.cadenza.trainer.evaluation.PlayingMeasure;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.LineChart;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.PlayedResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Part 6: what every published model plays from silence, compared with openings of people's held-out pieces. */
public final class PlayingSection implements Section {
    /** What was played, and by whom. */
    private record Played(String by, PlayedResult result) {}

    private record Feature(Played played, PieceFeatures feature) {}

    private static final Columns<Feature> FEATURES = Columns.of(Feature.class)
            .text("pieces of", row -> row.played().by())
            .text("feature", row -> row.feature().title())
            .figure("overlap", "%.4f", row -> row.played().result().overlap(row.feature()))
            .figure("kl_nats", "%.4f", row -> row.played().result().klNats(row.feature()));

    private static Columns<Played> columns() {
        Columns<Played> columns = Columns.of(Played.class).text("pieces of", Played::by);
        for (String name : PlayingFigures.header()) {
            columns = columns.text(name, row -> row.result().shown().getOrDefault(name, "-"));
        }
        return columns;
    }

    private static Columns<Played> measures() {
        Columns<Played> columns = Columns.of(Played.class).text("pieces of", Played::by);
        for (PlayingMeasure measure : PlayingMeasure.values()) {
            columns =
                    columns.figure(measure.title(), "%.3f", row -> row.result().measure(measure));
        }
        return columns;
    }

    @Override
    public void write(StudyContext context, Report report) throws IOException {
        int pieces = context.plan().pieces();
        List<Played> sets = new ArrayList<>();
        for (Map.Entry<String, PlayedResult> set :
                PlayedResult.all(context.cells(), pieces).entrySet()) {
            sets.add(new Played(set.getKey(), set.getValue()));
        }
        if (sets.isEmpty()) {
            report.paragraph("Not done yet.");
            return;
        }
        List<Feature> features = new ArrayList<>();
        LineChart onsets = new LineChart("inter-onset times", "seconds", "share of notes").logX();
        LineChart lengths = new LineChart("durations", "seconds", "share of notes").logX();
        double[] seconds = new double[Histogram.CLASSES];
        Arrays.setAll(seconds, Histogram::seconds);
        for (Played set : sets) {
            for (PieceFeatures feature : PieceFeatures.all()) {
                features.add(new Feature(set, feature));
            }
            onsets.add(set.by(), seconds, set.result().interOnsetShares());
            lengths.add(set.by(), seconds, set.result().durationShares());
        }
        report.paragraph(String.format(
                        Locale.ROOT,
                        "%d pieces of %d notes from silence (temperature 1, the guards that a server has on), seeds"
                                + " from 1, against the first %d notes of %d held-out pieces; the first row is other"
                                + " people's openings against the same. OA and KL (nats): MGEval's nine features,"
                                + " distances of all pairs, overlap area and KL of the densities on a common grid, means"
                                + " of the nine. Then medians: notes per second, polyphony, pitch class entropy (bits),"
                                + " scale consistency, share of repeated runs of four pitches, how often a bar repeats,"
                                + " longest silence. Overlap of the pooled histograms of onsets and lengths. \"Copied\" is"
                                + " the longest run of notes, whatever the key and nearly whatever the tempo, that"
                                + " training pieces have too, and beside it that of held-out people's openings by the same"
                                + " reading: for a piano-roll model all of them on its grid.",
                        pieces,
                        PlayedResult.NOTES,
                        PlayedResult.NOTES,
                        sets.get(0).result().peoplePieces()))
                .table("generation", columns(), sets)
                .figure("generation-onsets", "Inter-onset times, pooled", onsets.svg())
                .figure("generation-lengths", "Durations, pooled", lengths.svg())
                .csv("generation-features", FEATURES, features);
        List<Played> measured = sets.stream()
                .filter(set -> set.result().measure(PlayingMeasure.UNPLAYABLE) != null)
                .toList();
        if (!measured.isEmpty()) {
            report.paragraph("What hands can play and ears notice: shares, counts and seconds, of all pieces.")
                    .table("generation-measures", measures(), measured);
        }
        if (sets.size() == 1) {
            report.paragraph("The models are skipped without --exporter and --models.");
        }
    }
}
