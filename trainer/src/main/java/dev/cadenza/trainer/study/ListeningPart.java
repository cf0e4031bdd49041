package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.trainer.study.listening.ListeningPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Part 9: what listeners gave, if there were any. */
final class ListeningPart implements StudyPart {
    /** Two-sided 95 % of Student's distribution by degrees of freedom from 1 on; beyond, the normal distribution's. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.96;

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String title() {
        return "Listening";
    }

    @Override
    public void run(StudyContext context) {
        context.log().accept("part 9 reads ratings; trainer study listen makes the page");
    }

    @Override
    public void write(StudyContext context) throws IOException {
        context.report()
                .paragraph(
                        "A blind page of clips by people and by a model, rated 1 to 5 (`trainer study listen --pairs N`;"
                                + " ratings are files in `listening/ratings/`). The seed reports 4.2 of 5 and does not say of how"
                                + " many. Its SNR is a figure of features, of how far predicted rows lie from the notes' rows; it"
                                + " says nothing of sound, and nothing of how the music is heard.");
        Path folder = context.folder().resolve("listening");
        Map<String, List<Double>> ratings = ratings(folder);
        if (ratings.isEmpty()) {
            context.report().paragraph("Not rated.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        ratings.forEach((source, given) -> rows.add(List.of(
                source,
                Integer.toString(given.size()),
                String.format(Locale.ROOT, "%.2f", mean(given)),
                given.size() < 2 ? "-" : String.format(Locale.ROOT, "+- %.2f", interval(given)))));
        context.report()
                .table("listening", List.of("clips by", "ratings", "mean", "95 % interval"), rows)
                .paragraph(
                        "The interval takes ratings as independent, which those of one listener or one clip are not.");
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double interval(List<Double> values) {
        double mean = mean(values);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        int freedom = values.size() - 1;
        double quantile = freedom <= T.length ? T[freedom - 1] : NORMAL;
        return quantile * Math.sqrt(squares / freedom / values.size());
    }

    /**
     * Ratings by who played.
     *
     * @throws IOException when a file of ratings is none, or is of another page; names it
     */
    static Map<String, List<Double>> ratings(Path folder) throws IOException {
        Map<String, List<Double>> ratings = new TreeMap<>();
        Path given = folder.resolve("ratings");
        if (!Files.isDirectory(given)) {
            return ratings;
        }
        JsonNode key = new ObjectMapper().readTree(Files.readString(folder.resolve(ListeningPage.KEY)));
        List<Path> files;
        try (Stream<Path> listed = Files.list(given)) {
            files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            JsonNode read;
            try {
                read = new ObjectMapper().readTree(Files.readString(file));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
            }
            if (!read.path("page").asText().equals(key.path("page").asText())) {
                throw new IOException(file + " holds ratings of another page ("
                        + read.path("page").asText() + ")");
            }
            for (Map.Entry<String, JsonNode> rating : read.path("ratings").properties()) {
                String source = key.path("clips").path(rating.getKey()).asText();
                int value = rating.getValue().isInt() ? rating.getValue().asInt() : 0;
                if (source.isEmpty() || value < 1 || value > 5) {
                    throw new IOException(file + ": rating of " + rating.getKey() + " (" + rating.getValue()
                            + ") must be 1..5 for a clip of the page");
                }
                ratings.computeIfAbsent(source, unused -> new ArrayList<>()).add((double) value);
            }
        }
        return ratings;
    }
}
