package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.server.TinyModel;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract as a whole; each answer that any test here gets over HTTP is held against it as well. */
class ContractTest {
    @TempDir
    private Path models;

    /** Every path and method that the server has is in the contract, and nothing else is. */
    @Test
    void describesEveryEndpointAndNoOther() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        try (LiveServer live = new LiveServer(models, Duration.ZERO, Optional.empty(), RunningServer.LIMITS)) {
            Set<String> served = new TreeSet<>();
            Set<String> described = new TreeSet<>();
            Contract.DOCUMENT
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        if (!operation.getKey().equals("parameters")) {
                            described.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                        }
                    }));
            for (Map.Entry<String, JsonNode> path :
                    Contract.DOCUMENT.path("paths").properties()) {
                for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
                    String concrete = path.getKey().replace("{file}", "main.js").replaceAll("\\{[a-z]+}", "1");
                    for (HttpResponse<byte[]> answer :
                            List.of(live.send(method, concrete), live.admin(method, concrete, ""))) {
                        boolean there = answer.statusCode() != 405
                                && !RunningServer.header(answer, "content-type").isEmpty()
                                && !isNothingHere(answer);
                        if (there) {
                            served.add(method + " " + path.getKey());
                        }
                    }
                }
            }
            assertThat(served).isEqualTo(described);
        }
    }

    private static boolean isNothingHere(HttpResponse<byte[]> answer) throws Exception {
        return answer.statusCode() == 404
                && RunningServer.json(answer).path("code").asText().equals("not_found")
                && !RunningServer.json(answer).path("detail").asText().contains("label");
    }

    @Test
    void isServedAsItIs() throws Exception {
        TinyModel.copyTo(models, "piano", 1);
        try (LiveServer live = new LiveServer(models, Duration.ZERO, Optional.empty(), RunningServer.LIMITS)) {
            HttpResponse<byte[]> answer = live.get("/openapi.yaml");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(RunningServer.header(answer, "content-type")).startsWith("application/yaml");
            assertThat(new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readTree(answer.body()))
                    .isEqualTo(Contract.DOCUMENT);
        }
    }

    /** Query parameters with a range: name, path and method, a value within and one without. */
    static Stream<Arguments> ranges() {
        List<Arguments> all = new ArrayList<>();
        for (String[] where :
                new String[][] {{"/v1/generate", "get"}, {"/v1/humanize", "post"}, {"/v1/score", "post"}}) {
            JsonNode parameters = Contract.DOCUMENT
                    .path("paths")
                    .path(where[0])
                    .path(where[1])
                    .path("parameters");
            for (JsonNode parameter : parameters) {
                JsonNode schema = parameter.path("schema");
                String name = parameter.path("name").asText();
                boolean whole = schema.path("type").asText().equals("integer");
                double step = whole ? 1 : 0.001;
                if (schema.has("maximum")) {
                    double most = schema.path("maximum").asDouble();
                    all.add(Arguments.of(where[0], where[1], name, text(most, whole), text(most + step, whole)));
                }
                if (schema.has("minimum")) {
                    double least = schema.path("minimum").asDouble();
                    all.add(Arguments.of(where[0], where[1], name, text(least, whole), text(least - step, whole)));
                }
                if (schema.has("exclusiveMinimum")) {
                    double least = schema.path("exclusiveMinimum").asDouble();
                    all.add(Arguments.of(where[0], where[1], name, text(least + step, whole), text(least, whole)));
                }
            }
        }
        return all.stream();
    }

    private static String text(double value, boolean whole) {
        return whole ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void rangesAreThoseThatTheServerHolds(String path, String method, String name, String within, String without)
            throws Exception {
        try (RunningServer server = RunningServer.ofPerformer()) {
            byte[] midi = method.equals("post")
                    ? server.get("/v1/generate?seed=1&notes=3").body()
                    : new byte[0];
            HttpResponse<byte[]> good = ask(server, path, method, name, within, midi);
            assertThat(good.statusCode()).as("%s=%s", name, within).isIn(200, 504);
            HttpResponse<byte[]> bad = ask(server, path, method, name, without, midi);
            JsonNode problem = RunningServer.assertProblem(bad, 400, "invalid_field");
            assertThat(problem.path("field").asText()).isEqualTo(name);
        }
    }

    private static HttpResponse<byte[]> ask(
            RunningServer server, String path, String method, String name, String value, byte[] midi) throws Exception {
        String cheap = name.equals("notes") || name.equals("seconds") ? "&timeout_ms=1" : "";
        String query = path + "?" + name + "=" + value + (name.equals("timeout_ms") ? "" : cheap);
        String accept = name.equals("n") || path.equals("/v1/score") ? "application/json" : "*/*";
        return method.equals("get")
                ? server.get(query, "Accept", accept)
                : server.post(query, "audio/midi", midi, accept);
    }
}
