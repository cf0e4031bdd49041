package dev.cadenza.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * How evenly event streams run, alone and while another version of their model is loaded again and again: the time
 * between two notes of a stream, in turns.
 */
final class LoadingBench {
    private static final int STREAMS = 8;
    private static final int NOTES = 1500;
    private static final String LOADED = "{\"parameters\":{\"version\":1}}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String name;
    private long seed;
    private int loads;

    private LoadingBench(String name) {
        this.name = name;
    }

    /**
     * Measures.
     *
     * @param version folder of the version that plays; a copy of it is what is loaded meanwhile
     * @return percentiles in ms, and the ratio of the 99th
     */
    static Map<String, Double> run(Path version, String name, int rounds) throws IOException {
        Path models = Files.createTempDirectory("cadenza-bench");
        try {
            copy(version, models.resolve(name).resolve("1"));
            copy(version, models.resolve(name).resolve("2"));
            try (ChildServer server = ChildServer.start(models, name)) {
                return new LoadingBench(name).measure(server, rounds);
            }
        } finally {
            delete(models);
        }
    }

    private Map<String, Double> measure(ChildServer server, int rounds) throws IOException {
        List<Double> steady = new ArrayList<>();
        List<Double> loading = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        gaps(server, false);
        loads = 0;
        for (int round = 0; round < rounds; round++) {
            double[] alone = gaps(server, false);
            double[] during = gaps(server, true);
            steady.add(1e3 * Throughput.percentile(alone, 0.99));
            loading.add(1e3 * Throughput.percentile(during, 0.99));
            ratios.add(loading.get(round) / steady.get(round));
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("note_gap_ms_p99_steady", median(steady));
        figures.put("note_gap_ms_p99_loading", median(loading));
        figures.put("note_gap_p99_loading_over_steady", median(ratios));
        figures.put("loads_meanwhile", (double) loads);
        return figures;
    }

    private static double median(List<Double> values) {
        return Throughput.percentile(
                values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
    }

    /** Seconds between notes, of all streams. */
    private double[] gaps(ChildServer server, boolean load) throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(STREAMS + 1);
        try {
            CompletableFuture<Void> loader = load
                    ? CompletableFuture.runAsync(() -> loadUntil(server, over), threads)
                    : CompletableFuture.completedFuture(null);
            List<CompletableFuture<List<Double>>> streams = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                long own = ++seed;
                streams.add(CompletableFuture.supplyAsync(() -> play(server, own), threads));
            }
            List<Double> all = new ArrayList<>();
            for (CompletableFuture<List<Double>> stream : streams) {
                all.addAll(stream.join());
            }
            over.set(true);
            loader.join();
            return all.stream().mapToDouble(Double::doubleValue).toArray();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        } finally {
            over.set(true);
            threads.shutdown();
        }
    }

    private List<Double> play(ChildServer server, long own) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.address() + "/v1/generate?notes=" + NOTES + "&seed=" + own))
                .header("Accept", "text/event-stream")
                .build();
        List<Double> gaps = new ArrayList<>();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                long last = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("event: note")) {
                        long now = System.nanoTime();
                        if (last != 0) {
                            gaps.add((now - last) / 1e9);
                        }
                        last = now;
                    }
                }
            }
            return gaps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void loadUntil(ChildServer server, AtomicBoolean over) {
        while (!over.get()) {
            order(server, "load");
            order(server, "unload");
            loads++;
        }
    }

    private void order(ChildServer server, String order) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.admin() + "/v2/repository/models/" + name + "/" + order))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(LOADED))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, "[!.]*")) {
            for (Path file : files) {
                Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
