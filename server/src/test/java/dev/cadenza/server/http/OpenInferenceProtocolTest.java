package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.server.TinyModel;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Open Inference Protocol's HTTP API as its specification has it: health, server metadata, model metadata, and the
 * model repository extension. Inference itself is not served: a piece takes more than one inference request.
 */
class OpenInferenceProtocolTest {
    private static final Set<String> DATATYPES = Set.of(
            "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64",
            "BYTES");

    @TempDir
    private Path models;

    private LiveServer live;

    @BeforeEach
    void start() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.copyTo(models, "piano", 2);
        live = new LiveServer(models, Duration.ZERO, Optional.empty(), RunningServer.LIMITS);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private static JsonNode ok(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(RunningServer.header(response, "content-type")).startsWith("application/json");
        return RunningServer.json(response);
    }

    /** An error is a 4xx and an object whose error is a message. */
    private static void assertError(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(RunningServer.json(response).path("error").isTextual()).isTrue();
        assertThat(RunningServer.json(response).path("error").asText()).isNotBlank();
    }

    @Test
    void health() throws Exception {
        assertThat(ok(live.get("/v2/health/live")).path("live").isBoolean()).isTrue();
        assertThat(ok(live.get("/v2/health/ready")).path("ready").booleanValue())
                .isTrue();
        assertThat(live.get("/v2/models/piano/ready").statusCode()).isEqualTo(200);
        assertThat(live.get("/v2/models/piano/versions/2/ready").statusCode()).isEqualTo(200);
        assertError(live.get("/v2/models/piano/versions/1/ready"));
        assertError(live.get("/v2/models/organ/ready"));
    }

    @Test
    void serverMetadata() throws Exception {
        for (HttpResponse<byte[]> answer : List.of(live.get("/v2"), live.admin("GET", "/v2", ""))) {
            JsonNode metadata = ok(answer);
            assertThat(metadata.path("name").isTextual()).isTrue();
            assertThat(metadata.path("version").isTextual()).isTrue();
            assertThat(metadata.path("extensions").isArray()).isTrue();
        }
        // Where the extension is, it is said to be.
        assertThat(ok(live.admin("GET", "/v2", "")).path("extensions").get(0).asText())
                .isEqualTo("model_repository");
        assertThat(ok(live.get("/v2")).path("extensions")).isEmpty();
    }

    @Test
    void modelMetadata() throws Exception {
        for (String path : new String[] {"/v2/models/piano", "/v2/models/piano/versions/2"}) {
            JsonNode metadata = ok(live.get(path));
            assertThat(metadata.path("name").asText()).isEqualTo("piano");
            assertThat(metadata.path("versions").get(0).asText()).isEqualTo("2");
            assertThat(metadata.path("platform").asText()).isEqualTo("onnxruntime_onnx");
            for (String tensors : new String[] {"inputs", "outputs"}) {
                assertThat(metadata.path(tensors)).isNotEmpty();
                for (JsonNode tensor : metadata.path(tensors)) {
                    assertThat(tensor.path("name").isTextual()).isTrue();
                    assertThat(DATATYPES).contains(tensor.path("datatype").asText());
                    assertThat(tensor.path("shape")).isNotEmpty().allMatch(JsonNode::isIntegralNumber);
                }
            }
        }
        assertError(live.get("/v2/models/organ"));
        assertError(live.get("/v2/models/piano/versions/9"));
    }

    @Test
    void repositoryIndex() throws Exception {
        JsonNode index = ok(live.admin("POST", "/v2/repository/index", "{}"));
        assertThat(index.isArray()).isTrue();
        for (JsonNode entry : index) {
            assertThat(entry.path("name").asText()).isEqualTo("piano");
            assertThat(entry.path("version").isTextual()).isTrue();
            assertThat(entry.path("state").asText()).isIn("READY", "UNAVAILABLE", "LOADING", "UNLOADING");
            assertThat(entry.path("reason").isTextual()).isTrue();
        }
        assertThat(ok(live.admin("POST", "/v2/repository/index", "{\"ready\":true}")))
                .hasSize(1);
        assertError(live.admin("POST", "/v2/repository/index", "{\"ready\":\"yes\"}"));
    }

    @Test
    void repositoryLoadAndUnload() throws Exception {
        ok(live.admin("POST", "/v2/repository/models/piano/unload", ""));
        assertError(live.get("/v2/models/piano/ready"));
        assertError(live.get("/v2/health/ready"));
        ok(live.admin("POST", "/v2/repository/models/piano/load", "{}"));
        assertThat(live.get("/v2/models/piano/ready").statusCode()).isEqualTo(200);
        assertError(live.admin("POST", "/v2/repository/models/organ/load", ""));
        assertError(live.admin("POST", "/v2/repository/models/organ/unload", ""));
        assertError(live.admin("POST", "/v2/repository/models/piano/load", "{\"parameters\":{\"config\":\"{}\"}}"));
    }
}
