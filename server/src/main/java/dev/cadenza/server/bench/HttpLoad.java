package dev.cadenza.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Requests for music, many at once. */
final class HttpLoad {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong seeds = new AtomicLong(1);
    private final ChildServer server;

    HttpLoad(ChildServer server) {
        this.server = server;
    }

    /**
     * So many streams at once, each a piece of so many notes as MIDI.
     *
     * @throws IOException if one is not answered with 200
     */
    Throughput pieces(int streams, int notes) throws IOException {
        long cpu = server.cpuNanos();
        long wall = System.nanoTime();
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            answers.add(client.sendAsync(request(notes, "audio/midi"), BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            require200(answer.join());
        }
        return new Throughput((long) streams * notes, System.nanoTime() - wall, server.cpuNanos() - cpu);
    }

    /**
     * Asks for a short piece again and again while others play, and waits for its first note.
     *
     * @param others streams that play all the time
     * @return seconds from request to first note
     * @throws IOException if a request is not answered with 200
     */
    double[] secondsToFirstNote(int others, int requests) throws IOException {
        List<CompletableFuture<HttpResponse<Void>>> playing = new ArrayList<>();
        double[] seconds = new double[requests];
        for (int i = 0; i < requests; i++) {
            playing.removeIf(CompletableFuture::isDone);
            while (playing.size() < others) {
                playing.add(client.sendAsync(request(600, "audio/midi"), BodyHandlers.discarding()));
            }
            long start = System.nanoTime();
            HttpResponse<InputStream> response = send(request(1, "text/event-stream"));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null && !line.equals("event: note")) {
                    line = lines.readLine();
                }
                if (line == null) {
                    throw new IOException("a stream ended without a note");
                }
            }
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        playing.forEach(CompletableFuture::join);
        return seconds;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            require200(response);
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpRequest request(int notes, String accept) {
        return HttpRequest.newBuilder(URI.create(server.address() + "/v1/generate?timeout_ms=120000&seed="
                        + seeds.getAndIncrement() + "&notes=" + notes))
                .header("Accept", accept)
                .build();
    }

    private static void require200(HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(response.uri() + " was answered with " + response.statusCode());
        }
    }
}
