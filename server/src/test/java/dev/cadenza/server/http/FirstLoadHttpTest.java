package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.files.Sha256;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.http.access.ApiKeys;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.serving.VersionLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests for models that are still being loaded, of which the default is one. */
@Timeout(120)
class FirstLoadHttpTest {
    /** More than the threads of the public listener. */
    private static final int MANY = 210;

    @TempDir
    private Path folder = Path.of("");

    private Path models = Path.of("");
    private volatile CountDownLatch loading = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private LiveCatalog catalog;
    private HttpServer server;
    private Thread start;

    @BeforeEach
    void start() throws Exception {
        start(ClientRules.OPEN);
    }

    private void start(ClientRules rules) throws Exception {
        models = Files.createTempDirectory(folder, "models");
        TinyModel.copyTo(models, "piano", 1);
        VersionLoader loader = VersionLoader.onnx(DeviceChoice.CPU);
        VersionLoader slow = version -> {
            awaitQuietly();
            return loader.load(version);
        };
        catalog = LiveCatalog.begin(
                new ModelRepository(models), slow, new CatalogSettings("piano", Duration.ofHours(1), null, true));
        HttpSettings settings = new HttpSettings(
                Listening.anyPort(),
                RunningServer.limits(64, MANY + 10, Duration.ofSeconds(30), Duration.ofMillis(500)),
                rules,
                "1.2.3",
                "4.5.6");
        server = HttpServer.start(settings, catalog, catalog, Observers.NONE, Additions.of(catalog));
        start = new Thread(() -> {
            try {
                catalog.awaitStart();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        start.start();
    }

    @AfterEach
    void stop() throws Exception {
        loading.countDown();
        start.join();
        server.close();
        catalog.close();
    }

    private void awaitQuietly() {
        try {
            loading.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitUnqueued(int requests) throws InterruptedException {
        while (server.unqueued() != requests) {
            Thread.sleep(5);
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(String path, Duration within) {
        return ask(path, within, "");
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(String path, Duration within, String key) {
        return ask(path, within, key, "*/*");
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(String path, Duration within, String key, String accept) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(within)
                .headers("Authorization", key, "Accept", accept)
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray());
    }

    @Test
    void theyHoldNobodyUpAndAreAnsweredWhenItIsLoaded() throws Exception {
        String request = "GET /v1/generate?notes=2&seed=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        try (SlowClients waiting = SlowClients.begin(server.port(), MANY, request)) {
            assertThat(ask("/v2/health/live", Duration.ofSeconds(20)).get().statusCode())
                    .isEqualTo(200);
            loading.countDown();
            assertThat(waiting.texts()).hasSize(MANY).allMatch(text -> text.startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void theirTimeRunsOutAndTooManyAreRefused() throws Exception {
        assertProblem(
                ask("/v1/generate?notes=2&timeout_ms=300", Duration.ofSeconds(20))
                        .get(),
                504,
                "deadline_exceeded");
        try (SlowClients waiting =
                SlowClients.begin(server.port(), MANY + 20, "GET /v1/generate?notes=2 HTTP/1.1\r\nHost: x\r\n\r\n")) {
            awaitUnqueued(MANY + 10);
            assertProblem(ask("/v1/generate?notes=2", Duration.ofSeconds(20)).get(), 429, "too_many_requests");
            assertThat(waiting.drip("G")).isEqualTo(MANY + 20);
        }
    }

    @Test
    void theyAreToldWhenTheServerStops() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> waiting = ask("/v1/generate?notes=2", Duration.ofSeconds(20));
        awaitUnqueued(1);
        server.close();
        assertProblem(waiting.get(), 503, "unavailable");
    }

    @Test
    void whatIsNotThereIsSaidWhenAllAreLoaded() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> waiting = ask("/v1/generate?model=none", Duration.ofSeconds(60));
        awaitUnqueued(1);
        assertThat(waiting).isNotDone();
        loading.countDown();
        assertProblem(waiting.get(), 404, "unknown_model");
    }

    @Test
    void oneClientWaitsWithNoMoreThanItsShare() throws Exception {
        stop();
        loading = new CountDownLatch(1);
        ApiKeys keys = ApiKeys.read(Files.write(
                folder.resolve("keys"),
                List.of("greedy:" + Sha256.hex("of the greedy"), "modest:" + Sha256.hex("of the modest"))));
        start(new ClientRules(() -> keys, null, false, Set.of(), 4));
        List<CompletableFuture<HttpResponse<byte[]>>> greedy = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            greedy.add(ask("/v1/generate?notes=2", Duration.ofSeconds(60), "Bearer of the greedy"));
        }
        List<HttpResponse<byte[]>> refused = new ArrayList<>();
        while (refused.size() < 2) {
            for (Iterator<CompletableFuture<HttpResponse<byte[]>>> each = greedy.iterator(); each.hasNext(); ) {
                CompletableFuture<HttpResponse<byte[]>> answer = each.next();
                if (answer.isDone()) {
                    each.remove();
                    refused.add(answer.get());
                }
            }
            Thread.sleep(5);
        }
        for (HttpResponse<byte[]> answer : refused) {
            assertProblem(answer, 429, "too_many_streams");
            assertThat(RunningServer.header(answer, "retry-after")).isNotEmpty();
        }
        awaitUnqueued(4);
        greedy.add(ask("/v1/generate?notes=2", Duration.ofSeconds(60), "Bearer of the modest"));
        awaitUnqueued(5);
        loading.countDown();
        for (CompletableFuture<HttpResponse<byte[]>> answer : greedy) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(ask("/v1/generate?notes=2&n=4", Duration.ofSeconds(60), "Bearer of the greedy", "application/json")
                        .get()
                        .statusCode())
                .as("all places are given back")
                .isEqualTo(200);
    }
}
