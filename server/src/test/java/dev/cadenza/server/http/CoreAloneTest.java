package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.serving.FakeCatalog;
import dev.cadenza.server.serving.FakeStepModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without additions generates, lists its models and says how it is. */
class CoreAloneTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private FakeCatalog catalog;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        catalog = new FakeCatalog(new FakeStepModel(() -> {}));
        HttpSettings settings =
                new HttpSettings(Listening.anyPort(), HttpLimits.standard(), ClientRules.OPEN, "1.2.3", "4.5.6");
        server = HttpServer.start(settings, catalog, catalog, Observers.NONE, List.of());
    }

    @AfterEach
    void stop() {
        server.close();
        catalog.close();
        assertThat(catalog.lent()).as("leases not given back").isZero();
    }

    @ParameterizedTest
    @CsvSource({"audio/midi, MThd", "application/json, '{\"model\"'", "text/event-stream, event: start"})
    void generates(String mediaType, String beginning) throws Exception {
        HttpResponse<String> answer = get(server.url() + "/v1/generate?seed=7&notes=5", mediaType);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(mediaType);
        assertThat(answer.body()).startsWith(beginning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v2/health/live", "/v2/health/ready", "/v2", "/openapi.yaml"})
    void tellsItsModelsAndItsHealth(String path) throws Exception {
        assertThat(get(server.url() + path, "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void hasTheAdminRoutesOfTheCatalogue() throws Exception {
        HttpResponse<String> index = client.send(
                HttpRequest.newBuilder(URI.create(server.adminUrl() + "/v2/repository/index"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(index.statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotAnswerAsSound() throws Exception {
        HttpResponse<String> answer = get(server.url() + "/v1/generate?seed=7&notes=5", "audio/wav");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("audio/midi or application/json or text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/studio/main.js", "/v1/score", "/v1/humanize"})
    void hasNoRouteOfAnAddition(String path) throws Exception {
        assertThat(get(server.url() + path, "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void hasNoMetrics() throws Exception {
        assertThat(get(server.adminUrl() + "/metrics", "*/*").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String url, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build(), BodyHandlers.ofString());
    }
}
