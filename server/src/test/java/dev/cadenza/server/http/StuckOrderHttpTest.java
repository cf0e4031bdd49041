package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.serving.VersionLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AdminCommands while another one loads a version that does not get done. */
@Timeout(120)
class StuckOrderHttpTest {
    @TempDir
    private Path models = Path.of("");

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private LiveCatalog catalog;
    private HttpServer server;
    private CompletableFuture<HttpResponse<byte[]>> stuck;

    @BeforeEach
    void orderAStuckLoad() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.copyTo(models, "piano", 2);
        VersionLoader loader = VersionLoader.onnx(DeviceChoice.CPU);
        VersionLoader stuckLoader = version -> {
            if (version.id().version() == 1) {
                reached.countDown();
                awaitRelease();
            }
            return loader.load(version);
        };
        catalog = LiveCatalog.open(
                new ModelRepository(models), stuckLoader, new CatalogSettings(null, Duration.ZERO, null, true));
        HttpSettings settings = new HttpSettings(
                Listening.anyPort(),
                RunningServer.limits(2, 16, Duration.ofSeconds(30), Duration.ofMillis(500)),
                ClientRules.OPEN,
                "1.2.3",
                "4.5.6");
        server = HttpServer.start(settings, catalog, catalog, Observers.NONE, Additions.of(catalog));
        stuck = order("/v2/repository/models/piano/load", "{\"parameters\":{\"version\":1}}");
        reached.await();
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
        catalog.close();
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> order(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray());
    }

    @Test
    void otherOrdersAreAnswered() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> other = order("/v1/models/piano/rollback", "");
        // Long after the 10 s that an order may wait.
        HttpResponse<byte[]> answer = other.get(40, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isIn(200, 409, 503);
        assertThat(stuck).isNotDone();
        released.countDown();
        assertThat(stuck.get().statusCode()).isEqualTo(200);
    }

    @Test
    void theyAreToldWhenTheServerStops() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> other = order("/v1/models/piano/rollback", "");
        while (server.unqueued() < 2) {
            Thread.sleep(5);
        }
        long begin = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
        RunningServer.assertProblem(other.get(), 503, "unavailable");
        RunningServer.assertProblem(stuck.get(), 503, "unavailable");
    }
}
