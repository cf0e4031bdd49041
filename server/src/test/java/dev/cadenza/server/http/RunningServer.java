package dev.cadenza.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.serving.FakeCatalog;
import dev.cadenza.server.serving.FakePerformer;
import dev.cadenza.server.serving.FakeStepModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** A real server on free ports, with a fake model, and a client for it. */
final class RunningServer implements AutoCloseable {
    static final HttpLimits LIMITS = limits(2, 16);

    /** 1 MiB, 30 s idle, a heartbeat every 10 s, 10 s to stop. */
    static HttpLimits limits(int streams, int waiting) {
        return limits(streams, waiting, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    static HttpLimits limits(int streams, int waiting, Duration idle, Duration stop) {
        return new HttpLimits(1 << 20, streams, waiting, idle, Duration.ofSeconds(10), stop);
    }

    private static final JsonMapper JSON = new JsonMapper();

    final FakeCatalog catalog;
    final HttpServer server;
    final HttpClient client = HttpClient.newHttpClient();

    RunningServer() throws IOException {
        this(() -> {}, LIMITS);
    }

    RunningServer(Runnable beforeStep, HttpLimits limits) throws IOException {
        this(new FakeStepModel(beforeStep), limits);
    }

    RunningServer(StepModel model, HttpLimits limits) throws IOException {
        this(model, limits, ClientRules.OPEN);
    }

    RunningServer(StepModel model, HttpLimits limits, ClientRules rules) throws IOException {
        catalog = new FakeCatalog(model);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Listening anywhere = new Listening(anyPort, anyPort, Optional.empty());
        server = HttpServer.start(
                new HttpSettings(anywhere, limits, rules, "1.2.3", "4.5.6"),
                catalog,
                catalog,
                Observers.NONE,
                Additions.of(catalog));
    }

    /** With a model that can be steered. */
    static RunningServer ofPerformer() throws IOException {
        return new RunningServer(new FakePerformer(() -> {}), LIMITS);
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + pathAndQuery))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<byte[]> get(String pathAndQuery, String... headers) throws Exception {
        HttpRequest.Builder builder = request(pathAndQuery);
        return send(headers.length == 0 ? builder : builder.headers(headers));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder builder) throws Exception {
        return Contract.check(client.send(builder.build(), BodyHandlers.ofByteArray()));
    }

    HttpResponse<byte[]> post(String pathAndQuery, String contentType, byte[] body, String accept) throws Exception {
        return post(pathAndQuery, contentType, BodyPublishers.ofByteArray(body), accept);
    }

    HttpResponse<byte[]> post(String pathAndQuery, String contentType, BodyPublisher body, String accept)
            throws Exception {
        return send(request(pathAndQuery)
                .header("Content-Type", contentType)
                .header("Accept", accept)
                .POST(body));
    }

    HttpResponse<byte[]> postJson(String body) throws Exception {
        return postJson("/v1/generate", body);
    }

    HttpResponse<byte[]> postJson(String path, String body) throws Exception {
        return post(path, "application/json", BodyPublishers.ofString(body), "application/json");
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    static JsonNode jsonOf(byte[] body) throws IOException {
        return JSON.readTree(body);
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Asserts that the answer is a problem as RFC 9457 has it, and returns it. */
    static JsonNode assertProblem(HttpResponse<byte[]> response, int status, String code) throws IOException {
        Assertions.assertThat(response.statusCode())
                .as(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(status);
        Assertions.assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
        JsonNode problem = json(response);
        Assertions.assertThat(problem.path("code").textValue()).isEqualTo(code);
        Assertions.assertThat(problem.path("status").intValue()).isEqualTo(status);
        Assertions.assertThat(problem.path("type").textValue()).isEqualTo("urn:cadenza:problem:" + code);
        Assertions.assertThat(problem.path("title").textValue()).isNotBlank();
        Assertions.assertThat(problem.path("detail").textValue()).isNotBlank();
        Assertions.assertThat(problem.path("request_id").textValue()).isEqualTo(header(response, "x-request-id"));
        Assertions.assertThat(header(response, "cache-control")).isEqualTo("no-store");
        return problem;
    }

    @Override
    public void close() {
        server.close();
        catalog.close();
        Assertions.assertThat(catalog.lent()).as("leases not given back").isZero();
    }
}
