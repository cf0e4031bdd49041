package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.study.ListeningRatings;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Part 9: what listeners gave, if there were any. */
public final class ListeningSection implements Section {
    /** Two-sided 95 % of Student's distribution by degrees of freedom from 1 on; beyond, the normal distribution's. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.96;

    private record Ratings(String by, List<Double> given) {
        double mean() {
            return given.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }

        String interval() {
            return given.size() < 2 ? "-" : String.format(Locale.ROOT, "+- %.2f", halfInterval());
        }

        private double halfInterval() {
            double mean = mean();
            double squares = given.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .sum();
            int freedom = given.size() - 1;
            double quantile = freedom <= T.length ? T[freedom - 1] : NORMAL;
            return quantile * Math.sqrt(squares / freedom / given.size());
        }
    }

    private static final Columns<Ratings> COLUMNS = Columns.of(Ratings.class)
            .text("clips by", Ratings::by)
            .whole("ratings", row -> row.given().size())
            .number("mean", "%.2f", Ratings::mean)
            .text("95 % interval", Ratings::interval);

    @Override
    public void write(StudyContext context, Report report) throws IOException {
        report.paragraph(
                "A blind page of clips by people and by a model, rated 1 to 5 (`trainer study listen --pairs N`;"
                        + " ratings are files in `listening/ratings/`). The source paper reports 4.2 of 5 and does not say of how"
                        + " many. Its SNR is a figure of features, of how far predicted rows lie from the notes' rows; it"
                        + " says nothing of sound, and nothing of how the music is heard.");
        Map<String, List<Double>> ratings =
                ListeningRatings.read(context.folder().resolve("listening"));
        if (ratings.isEmpty()) {
            report.paragraph("Not rated.");
            return;
        }
        List<Ratings> rows = ratings.entrySet().stream()
                .map(source -> new Ratings(source.getKey(), source.getValue()))
                .toList();
        report.table("listening", COLUMNS, rows)
                .paragraph(
                        "The interval takes ratings as independent, which those of one listener or one clip are not.");
    }
}
