package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.server.TinyModel;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AdminCommands over HTTP, and who may give them. */
class AdminHttpTest {
    private static final String TOKEN = "a-token-of-the-test";

    @TempDir
    private Path models;

    private @Nullable LiveServer live;

    @BeforeEach
    void publish() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.variantTo(models, "piano", 2, 100);
        Files.write(TinyModel.copyTo(models, "piano", 3).resolve("model.onnx"), new byte[5]);
    }

    private void start(Optional<String> token) throws Exception {
        live = new LiveServer(models, Duration.ZERO, token, RunningServer.LIMITS);
    }

    private LiveServer live() {
        return Objects.requireNonNull(live);
    }

    @AfterEach
    void stop() {
        if (live != null) {
            live.close();
        }
    }

    private HttpResponse<byte[]> admin(String method, String path, String body, String... headers) throws Exception {
        return live().admin(method, path, body, headers);
    }

    private JsonNode ordered(String method, String path, String body) throws Exception {
        HttpResponse<byte[]> response = admin(method, path, body);
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(RunningServer.header(response, "cache-control")).isEqualTo("no-store");
        return RunningServer.json(response);
    }

    /** Which version a request to the public listener gets. */
    private String playing(String query) throws Exception {
        HttpResponse<byte[]> response = live().get("/v1/generate?notes=3&" + query);
        return response.statusCode() == 200
                ? RunningServer.header(response, "x-model")
                : RunningServer.json(response).path("code").asText();
    }

    @Test
    void versionsAreLoadedUnloadedLabelledAndRolledBack() throws Exception {
        start(Optional.empty());
        assertThat(playing("seed=1")).isEqualTo("piano@2");
        JsonNode loaded = ordered("POST", "/v2/repository/models/piano/load", "{\"parameters\":{\"version\":1}}");
        assertThat(loaded.path("serving").asText()).isEqualTo("piano@2");
        assertThat(playing("seed=1&model=piano@1")).isEqualTo("piano@1");

        JsonNode labelled = ordered("PUT", "/v1/models/piano/labels/stable", "{\"version\":1}");
        assertThat(labelled.path("serving").asText()).isEqualTo("piano@1");
        assertThat(labelled.at("/labels/stable/version").intValue()).isEqualTo(1);
        assertThat(labelled.at("/versions/0/labels/0").asText()).isEqualTo("stable");
        ordered("PUT", "/v1/models/piano/labels/canary", "{\"version\":2,\"weight\":1}");
        assertThat(playing("seed=1")).isEqualTo("piano@2");
        assertThat(playing("seed=1&model=piano:stable")).isEqualTo("piano@1");
        ordered("DELETE", "/v1/models/piano/labels/canary", "");
        ordered("DELETE", "/v1/models/piano/labels/stable", "");
        assertThat(playing("seed=1")).isEqualTo("piano@2");

        assertThat(ordered("POST", "/v1/models/piano/rollback", "")
                        .path("serving")
                        .asText())
                .isEqualTo("piano@1");
        assertThat(playing("seed=1&model=piano@2")).isEqualTo("version_not_serving");
        ordered("POST", "/v2/repository/models/piano/unload", "{\"parameters\":{\"unload_dependents\":false}}");
        assertThat(playing("seed=1")).isEqualTo("version_not_serving");
        assertThat(admin("GET", "/v2/health/ready", "").statusCode()).isEqualTo(409);
        ordered("POST", "/v2/repository/models/piano/load", "");
        assertThat(playing("seed=1")).isEqualTo("piano@2");
    }

    @Test
    void theIndexSaysInTheProtocolsWordsHowEachVersionStands() throws Exception {
        start(Optional.empty());
        JsonNode index = ordered("POST", "/v2/repository/index", "");
        assertThat(index).hasSize(3);
        assertThat(index.at("/0/name").asText()).isEqualTo("piano");
        assertThat(index.at("/0/version").asText()).isEqualTo("1");
        assertThat(index.at("/0/state").asText()).isEqualTo("UNAVAILABLE");
        assertThat(index.at("/0/reason").asText()).isEqualTo("version 2 is being served");
        assertThat(index.at("/1/state").asText()).isEqualTo("READY");
        assertThat(index.at("/1/reason").asText()).isEmpty();
        assertThat(index.at("/2/state").asText()).isEqualTo("UNAVAILABLE");
        assertThat(index.at("/2/reason").asText()).contains("model.onnx has 5 bytes");
        assertThat(ordered("POST", "/v2/repository/index", "{\"ready\":true}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /v2/repository/models/organ/load | | 404 | unknown_model",
                "POST   | /v2/repository/models/piano/load | {\"parameters\":{\"version\":3}} | 409 | version_not_serving",
                "POST   | /v2/repository/models/piano/load | {\"parameters\":{\"version\":9}} | 404 | unknown_model",
                "POST   | /v2/repository/models/piano/load | {\"parameters\":{\"file:1/model.onnx\":\"x\"}} | 400 | unknown_field",
                "POST   | /v2/repository/models/piano/load | {\"parameters\":7} | 400 | invalid_field",
                "POST   | /v2/repository/models/piano/load | {\"url\":\"http://x\"} | 400 | unknown_field",
                "POST   | /v2/repository/models/piano/load | [] | 400 | invalid_json",
                "POST   | /v2/repository/models/..%2F..%2Fx/load | | 400 | bad_request",
                "POST   | /v2/repository/index | {\"ready\":1} | 400 | invalid_field",
                "GET    | /v2/repository/index | | 405 | method_not_allowed",
                "PUT    | /v1/models/piano/labels/stable | {} | 400 | invalid_field",
                "PUT    | /v1/models/piano/labels/stable | {\"version\":0} | 400 | invalid_field",
                "PUT    | /v1/models/piano/labels/stable | {\"version\":1,\"weight\":0.5} | 400 | invalid_field",
                "PUT    | /v1/models/piano/labels/canary | {\"version\":1,\"weight\":1.5} | 400 | invalid_field",
                "PUT    | /v1/models/piano/labels/canary | {\"version\":1,\"weight\":0.5} | 409 | conflict",
                "PUT    | /v1/models/piano/labels/UPPER | {\"version\":1} | 404 | not_found",
                "DELETE | /v1/models/piano/labels/stable | | 404 | not_found",
                "POST   | /v1/models/piano/rollback | {\"to\":1} | 400 | unknown_field",
                "POST   | /v1/generate | {} | 404 | not_found",
            })
    void wrongOrdersSayWhatIsWrongAndChangeNothing(
            String method, String path, @Nullable String body, int status, String code) throws Exception {
        start(Optional.empty());
        HttpResponse<byte[]> response = admin(method, path, body == null ? "" : body);
        JsonNode problem = RunningServer.assertProblem(response, status, code);
        if (path.startsWith("/v2/") && status != 405) {
            assertThat(problem.path("error").asText())
                    .isEqualTo(problem.path("detail").asText());
        }
        assertThat(playing("seed=1")).isEqualTo("piano@2");
    }

    @Test
    void noPageOfABrowserAndNoRenamedHostGivesOrders() throws Exception {
        start(Optional.empty());
        RunningServer.assertProblem(
                admin("POST", "/v2/repository/models/piano/unload", "", "Origin", "http://127.0.0.1:8080"),
                403,
                "forbidden");
        String rebound = """
                POST /v1/models/piano/rollback HTTP/1.1
                Host: evil.example
                Content-Length: 0
                Connection: close

                """;
        String answer = RawHttp.exchange(live().server.adminPort(), rebound.replace("\n", "\r\n"));
        assertThat(answer).startsWith("HTTP/1.1 403");
        assertThat(playing("seed=1")).isEqualTo("piano@2");
    }

    @Test
    void withATokenNothingButHealthIsAnsweredWithoutIt() throws Exception {
        start(Optional.of(TOKEN));
        String rollback = "/v1/models/piano/rollback";
        HttpResponse<byte[]> without = admin("POST", rollback, "");
        RunningServer.assertProblem(without, 401, "unauthorized");
        assertThat(RunningServer.header(without, "www-authenticate")).startsWith("Bearer");
        RunningServer.assertProblem(
                admin("POST", rollback, "", "Authorization", "Bearer " + TOKEN + "x"), 401, "unauthorized");
        RunningServer.assertProblem(
                admin("POST", rollback, "", "Authorization", "Basic " + TOKEN), 401, "unauthorized");
        RunningServer.assertProblem(admin("GET", "/no/such/path", ""), 401, "unauthorized");
        assertThat(admin("GET", "/v2/health/ready", "").statusCode()).isEqualTo(200);
        assertThat(playing("seed=1")).isEqualTo("piano@2");
        assertThat(admin("POST", rollback, "", "Authorization", "bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(playing("seed=1")).isEqualTo("piano@1");
    }
}
