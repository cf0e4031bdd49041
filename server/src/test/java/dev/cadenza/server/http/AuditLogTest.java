package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.server.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line for each order, whatever came of it. */
class AuditLogTest {
    private static final String TOKEN = "a-token-of-the-test";
    private static final String LOGGER = "audit";

    @TempDir
    private Path models;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @BeforeEach
    void listen() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.variantTo(models, "piano", 2, 100);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(standardError);
    }

    private List<JsonNode> lines(int expected) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<JsonNode> found = List.of();
        while (found.size() < expected && System.nanoTime() < end) {
            Thread.sleep(5);
            found = lines();
        }
        assertThat(found).hasSize(expected);
        return found;
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (String line : log.toString(StandardCharsets.UTF_8).lines().toList()) {
            if (line.contains(LOGGER + " - {") && line.endsWith("}")) {
                found.add(new ObjectMapper().readTree(line.substring(line.indexOf('{'))));
            }
        }
        return found;
    }

    @Test
    void saysWhoOrderedWhatAndWhatCameOfIt() throws Exception {
        try (LiveServer live = new LiveServer(models, Duration.ZERO, Optional.of(TOKEN), RunningServer.LIMITS)) {
            String[] token = {"Authorization", "Bearer " + TOKEN, "X-Request-Id", "mine-1"};
            live.admin("PUT", "/v1/models/piano/labels/stable", "{\"version\":1}", token);
            live.admin("POST", "/v2/repository/models/piano/unload", "{\"parameters\":{\"version\":9}}", token);
            live.admin("POST", "/v1/models/piano/rollback", "", "Authorization", "Bearer wrong-secret");
            live.admin("POST", "/v2/repository/models/a%22%0a%7bb/load", "", token);
            live.admin("PUT", "/v1/models/piano/labels/canary", "{\"version\":2,\"weight\":0.25}", token);
            live.admin("POST", "/v2/repository/models/piano/load", "{\"url\":\"http://x\"}", token);
            live.admin("POST", "/v2/repository/models/o%22rgan/load", "", token);
            // No orders.
            live.admin("GET", "/metrics", "", token);
            live.admin("POST", "/v2/repository/index", "", token);
            live.admin("DELETE", "/v1/models/piano/labels/canary", "", token);

            List<JsonNode> lines = lines(7);
            JsonNode labelled = lines.get(0);
            assertThat(labelled.path("who").asText()).isEqualTo("token");
            assertThat(labelled.path("remote").asText()).isEqualTo("127.0.0.1");
            assertThat(labelled.path("request_id").asText()).isEqualTo("mine-1");
            assertThat(labelled.path("order").asText()).isEqualTo("label");
            assertThat(labelled.path("model").asText()).isEqualTo("piano");
            assertThat(labelled.path("label").asText()).isEqualTo("stable");
            assertThat(labelled.path("version").intValue()).isEqualTo(1);
            assertThat(labelled.path("result").asText()).isEqualTo("done");
            assertThat(labelled.path("status").intValue()).isEqualTo(200);
            assertThat(lines)
                    .extracting(line -> line.path("order").asText() + " "
                            + line.path("result").asText())
                    .containsExactly(
                            "label done",
                            "unload unknown_model",
                            "rollback unauthorized",
                            "label done",
                            "load unknown_field",
                            "load unknown_model",
                            "unlabel done");
            assertThat(lines.get(1).path("version").intValue()).isEqualTo(9);
            assertThat(lines.get(2).path("who").asText()).isEqualTo("nobody");
            assertThat(lines.get(3).path("weight").doubleValue()).isEqualTo(0.25);
            assertThat(lines.get(5).path("model").asText()).isEqualTo("o\"rgan");
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(TOKEN).doesNotContain("wrong-secret");
    }

    @Test
    void withoutATokenItIsThisMachine() throws Exception {
        try (LiveServer live = new LiveServer(models, Duration.ZERO, Optional.empty(), RunningServer.LIMITS)) {
            live.admin("POST", "/v1/models/piano/rollback", "");
            live.admin("POST", "/v1/models/piano/rollback", "", "Origin", "http://127.0.0.1:8080");
            List<JsonNode> lines = lines(2);
            assertThat(lines.get(0).path("who").asText()).isEqualTo("loopback");
            assertThat(lines.get(0).path("result").asText()).isEqualTo("done");
            assertThat(lines.get(1).path("who").asText()).isEqualTo("nobody");
            assertThat(lines.get(1).path("result").asText()).isEqualTo("forbidden");
        }
    }
}
