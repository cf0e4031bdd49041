package dev.cadenza.trainer.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What listeners gave, a file of {@code ratings/} each. */
public final class ListeningRatings {
    private static final int LOWEST = 1;
    private static final int HIGHEST = 5;

    private ListeningRatings() {}

    /**
     * A file of ratings.
     *
     * @param page which it is of
     * @param ratings by the clip's name
     */
    record Given(String page, Map<String, JsonNode> ratings) {
        Given {
            page = page == null ? "" : page;
            ratings = ratings == null ? Map.of() : ratings;
        }
    }

    /**
     * Ratings by who played.
     *
     * @param folder of the page
     * @throws IOException when a file of ratings is none, or is of another page; names it
     */
    public static Map<String, List<Double>> read(Path folder) throws IOException {
        Map<String, List<Double>> ratings = new TreeMap<>();
        Path given = folder.resolve("ratings");
        if (!Files.isDirectory(given)) {
            return ratings;
        }
        ListeningKey key = ListeningKey.read(folder);
        List<Path> files;
        try (Stream<Path> listed = Files.list(given)) {
            files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            add(file, key, ratings);
        }
        return ratings;
    }

    private static void add(Path file, ListeningKey key, Map<String, List<Double>> ratings) throws IOException {
        Given given;
        try {
            given = CellJson.read(Files.readString(file), Given.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!given.page().equals(key.page())) {
            throw new IOException(file + " holds ratings of another page (" + given.page() + ")");
        }
        for (Map.Entry<String, JsonNode> rating : given.ratings().entrySet()) {
            String source = key.clips().get(rating.getKey());
            int value = rating.getValue().isInt() ? rating.getValue().asInt() : 0;
            if (source == null || value < LOWEST || value > HIGHEST) {
                throw new IOException(file + ": rating of " + rating.getKey() + " (" + rating.getValue()
                        + ") must be 1..5 for a clip of the page");
            }
            ratings.computeIfAbsent(source, unused -> new ArrayList<>()).add((double) value);
        }
    }
}
