package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static dev.cadenza.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.server.serving.FakeCatalog;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelsHttpTest {
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void listsEveryVersionWithStateReasonAndLicence() throws Exception {
        JsonNode body = json(server.get("/v1/models"));
        assertThat(body.get("default").textValue()).isEqualTo("fake");
        assertThat(body.get("device").textValue()).isEqualTo("cpu");
        assertThat(body.get("models"))
                .extracting(model -> model.get("name").textValue())
                .containsExactly("broken", "fake");
        JsonNode broken = body.at("/models/0/versions/0");
        assertThat(broken.get("state").textValue()).isEqualTo("refused");
        assertThat(broken.get("reason").textValue()).contains("manifest.json says");
        JsonNode fake = body.at("/models/1");
        assertThat(fake.get("serving").textValue()).isEqualTo("fake@2");
        assertThat(fake.get("default").booleanValue()).isTrue();
        assertThat(fake.get("labels").isObject()).isTrue();
        JsonNode ready = fake.at("/versions/1");
        assertThat(ready.get("id").textValue()).isEqualTo("fake@2");
        assertThat(ready.get("state").textValue()).isEqualTo("ready");
        assertThat(ready.get("reason").isNull()).isTrue();
        assertThat(ready.get("sha256").textValue()).isEqualTo(FakeCatalog.SHA256);
        assertThat(ready.get("device").textValue()).isEqualTo("cpu");
        assertThat(ready.get("kind").textValue()).isEqualTo("paper");
        assertThat(ready.at("/encoding/ticks_per_second").intValue()).isEqualTo(1000);
        assertThat(ready.at("/metrics/validation_mse").doubleValue()).isEqualTo(0.0125);
        assertThat(ready.at("/licence/id").textValue()).isEqualTo("CC-BY-NC-SA-4.0");
        assertThat(ready.at("/licence/text").textValue()).contains("commercial");
        assertThat(ready.at("/defaults/notes").intValue()).isEqualTo(200);
        assertThat(ready.get("controls").isArray()).isTrue();
        assertThat(ready.get("controls")).isEmpty();
    }

    @Test
    void oneModelAndOneVersionAreTheSamePartsOfTheList() throws Exception {
        JsonNode all = json(server.get("/v1/models"));
        assertThat(json(server.get("/v1/models/fake"))).isEqualTo(all.at("/models/1"));
        assertThat(json(server.get("/v1/models/fake/versions/2"))).isEqualTo(all.at("/models/1/versions/1"));
        assertThat(json(server.get("/v1/models/broken/versions/1"))).isEqualTo(all.at("/models/0/versions/0"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/none, unknown_model",
        "/v1/models/fake/versions/3, unknown_model",
        "/v1/models/fake/versions/02, unknown_model",
        "/v1/models/fake/versions/x, unknown_model",
        "/v1/models/fake/versions/99999999999, unknown_model",
        "/v1/models/none/versions/1, unknown_model",
        "/v2/models/none, unknown_model",
        "/v2/models/none/ready, unknown_model",
        "/v2/models/fake/versions/9/ready, unknown_model",
        "/v1, not_found",
        "/v3/models, not_found",
        "/v1/generate/x, not_found",
        "/models/fake/2/model.onnx, not_found",
    })
    void unknownThingsAreProblems(String path, String code) throws Exception {
        JsonNode problem = assertProblem(server.get(path), 404, code);
        assertThat(problem.has("error")).isEqualTo(path.startsWith("/v2"));
    }

    @Test
    void healthIsAsTheOpenInferenceProtocolHasIt() throws Exception {
        for (String base : List.of("", "/")) {
            assertThat(server.get("/v2/health/live" + base).statusCode()).isEqualTo(200);
        }
        assertThat(json(server.get("/v2/health/live")).get("live").booleanValue())
                .isTrue();
        assertThat(json(server.get("/v2/health/ready")).get("ready").booleanValue())
                .isTrue();
        assertThat(header(server.get("/v2/health/ready"), "cache-control")).isEqualTo("no-store");
        server.catalog.setReady(false);
        try {
            assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
            JsonNode problem = assertProblem(server.get("/v2/health/ready"), 409, "not_ready");
            assertThat(problem.get("error").textValue()).isNotBlank();
        } finally {
            server.catalog.setReady(true);
        }
    }

    @Test
    void theAdminListenerAnswersHealthAndNothingElse() throws Exception {
        String admin = "http://127.0.0.1:" + server.server.adminPort();
        for (String path : List.of("/v2/health/live", "/v2/health/ready")) {
            HttpResponse<String> response = server.client.send(
                    HttpRequest.newBuilder(URI.create(admin + path)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
        }
        HttpResponse<byte[]> other = server.client.send(
                HttpRequest.newBuilder(URI.create(admin + "/v1/generate")).build(), BodyHandlers.ofByteArray());
        assertProblem(other, 404, "not_found");
    }

    @Test
    void serverAndModelMetadataAreAsTheOpenInferenceProtocolHasThem() throws Exception {
        JsonNode server2 = json(server.get("/v2"));
        assertThat(server2.get("name").textValue()).isEqualTo("cadenza");
        assertThat(server2.get("version").textValue()).isEqualTo("1.2.3");
        assertThat(server2.get("extensions").isArray()).isTrue();

        JsonNode model = json(server.get("/v2/models/fake"));
        assertThat(json(server.get("/v2/models/fake/versions/2"))).isEqualTo(model);
        assertThat(model.get("name").textValue()).isEqualTo("fake");
        assertThat(model.get("versions")).extracting(JsonNode::textValue).containsExactly("2");
        assertThat(model.get("platform").textValue()).isEqualTo("onnxruntime_onnx");
        JsonNode note = model.at("/inputs/0");
        assertThat(note.get("name").textValue()).isEqualTo("note");
        assertThat(note.get("datatype").textValue()).isEqualTo("INT32");
        assertThat(note.get("shape")).extracting(JsonNode::intValue).containsExactly(-1, -1, 4);
        assertThat(model.get("outputs")).hasSize(5);
        assertThat(model.at("/outputs/1/datatype").textValue()).isEqualTo("FP32");

        assertThat(json(server.get("/v2/models/fake/ready")).get("ready").booleanValue())
                .isTrue();
        assertThat(server.get("/v2/models/fake/versions/2/ready").statusCode()).isEqualTo(200);
        assertProblem(server.get("/v2/models/fake/versions/1/ready"), 409, "version_not_serving");
        assertProblem(server.get("/v2/models/fake/versions/1"), 409, "version_not_serving");
        assertProblem(server.get("/v2/models/broken/ready"), 409, "version_not_serving");
        assertProblem(server.get("/v2/models/broken"), 409, "version_not_serving");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/generate|DELETE|GET, HEAD, OPTIONS, POST",
                "/v1/generate|PUT|GET, HEAD, OPTIONS, POST",
                "/v1/generate|PATCH|GET, HEAD, OPTIONS, POST",
                "/v1/score|GET|OPTIONS, POST",
                "/v1/humanize|PUT|OPTIONS, POST",
                "/v1/models|POST|GET, HEAD, OPTIONS",
                "/v1/models/fake|DELETE|GET, HEAD, OPTIONS",
                "/v2/health/ready|POST|GET, HEAD, OPTIONS",
                "/|POST|GET, HEAD, OPTIONS",
            })
    void otherMethodsAreToldWhichAreAllowed(String path, String method, String allow) throws Exception {
        HttpResponse<byte[]> response = server.send(server.request(path).method(method, BodyPublishers.ofString("{}")));
        assertProblem(response, 405, "method_not_allowed");
        assertThat(header(response, "allow")).isEqualTo(allow);

        HttpResponse<byte[]> options = server.send(server.request(path).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "allow")).isEqualTo(allow);
        assertThat(options.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/models", "/v1/models/fake", "/v2", "/v2/health/live", "/v2/models/fake"})
    void headHasTheHeadersOfGetAndNoBody(String path) throws Exception {
        HttpResponse<byte[]> get = server.get(path);
        HttpResponse<byte[]> head = server.send(server.request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : List.of("content-type", "content-length", "cache-control")) {
            assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
        }
    }

    @Test
    void theHomePageSaysWhatToDoNextAndTheLicence() throws Exception {
        String text = new String(server.get("/").body(), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("fake@2")
                .contains("curl -o piece.mid 'http://127.0.0.1:" + server.server.port()
                        + "/v1/generate?seed=7&notes=200'")
                .contains("/v1/score")
                .contains("/v1/humanize?seed=7")
                .contains("CC-BY-NC-SA-4.0")
                .contains("Not for commercial use.");
        HttpResponse<byte[]> page = server.get("/", "Accept", "text/html,*/*;q=0.8");
        assertThat(header(page, "content-type")).startsWith("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8))
                .contains("<h1>")
                .contains("/studio/main.js");
        assertProblem(server.get("/", "Accept", "image/png"), 406, "not_acceptable");
    }

    @Test
    void theHomePageDoesNotRepeatAnOddHost() throws Exception {
        String answer = RawHttp.exchange(
                server.server.port(), "GET / HTTP/1.1\r\nHost: a'b<script>\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("<script>");
    }

    @Test
    void everyAnswerHasARequestId() throws Exception {
        for (String path : Arrays.asList("/", "/v1/models", "/v2/health/live", "/nothing", "/v2/models/fake/ready")) {
            assertThat(header(server.get(path), "x-request-id")).as(path).isNotEmpty();
            assertThat(header(server.get(path, "X-Request-Id", "abc"), "x-request-id"))
                    .isEqualTo("abc");
        }
    }

    @Test
    void theCardIsOneRequestAway() throws Exception {
        HttpResponse<byte[]> card = server.get("/v1/models/fake/versions/2/card");
        assertThat(card.statusCode()).isEqualTo(200);
        assertThat(header(card, "content-type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(header(card, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(new String(card.body(), StandardCharsets.UTF_8)).startsWith("# A fake");
        JsonNode version = assertProblem(server.get("/v1/models/fake/versions/77/card"), 404, "unknown_model");
        assertThat(version.path("detail").asText()).contains("there are the versions ");
        JsonNode model = assertProblem(server.get("/v1/models/nobody/versions/1/card"), 404, "unknown_model");
        assertThat(model.path("detail").asText())
                .contains("there is no model nobody; there are the models broken, fake");
    }
}
