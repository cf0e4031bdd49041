package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.server.TinyModel;
import dev.cadenza.server.http.access.AccessLog;
import dev.cadenza.server.http.access.ApiKeys;
import dev.cadenza.server.http.access.ClientRules;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method, with and without an override, on every path of the contract and on both listeners, without a key. */
class AccessWalkTest {
    private static final String TOKEN = "a-token-of-the-test";
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
    /** Names that Javalin has for its own purposes, and others without a use. */
    private static final List<String> ODD_METHODS = List.of(
            "BEFORE",
            "BEFORE_MATCHED",
            "AFTER",
            "AFTER_MATCHED",
            "WEBSOCKET_BEFORE_UPGRADE",
            "WEBSOCKET_AFTER_UPGRADE",
            "INVALID",
            "QUERY",
            "get",
            "ODD");

    private static final List<String> OVERRIDES =
            List.of("", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BEFORE");

    /** What is documented as free. */
    private static final Set<String> OPEN = Set.of(
            "/",
            "/studio/{file}",
            "/openapi.yaml",
            "/v2",
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/models/{name}",
            "/v2/models/{name}/ready",
            "/v2/models/{name}/versions/{version}",
            "/v2/models/{name}/versions/{version}/ready");

    private static final Set<String> OPEN_TO_ADMINS = Set.of("/v2/health/live", "/v2/health/ready");

    @TempDir
    private static Path folder = Path.of("");

    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static @Nullable LiveServer live;

    @BeforeAll
    static void start() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        TinyModel.copyTo(models, "piano", 1);
        TinyModel.variantTo(models, "piano", 2, 100);
        ApiKeys keys = ApiKeys.read(Files.writeString(folder.resolve("keys"), "a:" + "0".repeat(64)));
        live = new LiveServer(
                models,
                Duration.ZERO,
                Optional.of(TOKEN),
                RunningServer.LIMITS,
                new ClientRules(() -> keys, null, false, Set.of("https://a.example"), 16),
                List.of(AccessLog.to(LOG)));
    }

    @AfterAll
    static void stop() {
        live().close();
    }

    private static LiveServer live() {
        return Objects.requireNonNull(live);
    }

    static Stream<Arguments> paths() {
        List<Arguments> all = new ArrayList<>();
        for (String template : templates()) {
            all.add(Arguments.of("public", template));
            all.add(Arguments.of("admin", template));
        }
        return all.stream();
    }

    private static Set<String> templates() {
        Set<String> templates = new TreeSet<>();
        Contract.DOCUMENT.path("paths").fieldNames().forEachRemaining(templates::add);
        return templates;
    }

    private static String concrete(String template) {
        return template.replace("{file}", "main.js")
                .replace("{name}", "piano")
                .replace("{version}", "2")
                .replace("{label}", "stable");
    }

    private static int port(String listener) {
        return listener.equals("public") ? live().server.port() : live().server.adminPort();
    }

    private static HttpResponse<byte[]> ask(String listener, String method, String path, String... headers)
            throws Exception {
        int port =
                listener.equals("public") ? live().server.port() : live().server.adminPort();
        boolean body = method.equals("POST") || method.equals("PUT");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        if (body) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> overridden(String listener, String method, String override, String path)
            throws Exception {
        return override.isEmpty()
                ? ask(listener, method, path)
                : ask(listener, method, path, "X-HTTP-Method-Override", override);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void nothingThatIsNotFreeIsAnswered(String listener, String template) throws Exception {
        boolean open = (listener.equals("public") ? OPEN : OPEN_TO_ADMINS).contains(template);
        String path = concrete(template);
        boolean guarded = listener.equals("admin") || path.startsWith("/v1/");
        for (String method : METHODS) {
            for (String override : OVERRIDES) {
                String what = listener + " " + method + " (" + override + ") " + path;
                HttpResponse<byte[]> answer = overridden(listener, method, override, path);
                if (!open) {
                    // What the public listener does not have is missing for every client.
                    assertThat(answer.statusCode()).as(what).isEqualTo(guarded ? 401 : 404);
                } else if (method.equals("GET") || method.equals("HEAD")) {
                    assertThat(answer.statusCode()).as(what).isEqualTo(200);
                } else {
                    assertThat(answer.statusCode()).as(what).isIn(204, 405, listener.equals("admin") ? 401 : 405);
                }
                assertThat(answer.headers().firstValue("X-Model")).as(what).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noOtherMethodIsAnswered(String listener, String template) throws Exception {
        for (String method : ODD_METHODS) {
            HttpResponse<byte[]> answer = ask(listener, method, concrete(template));
            RunningServer.assertProblem(answer, 405, "method_not_allowed");
            assertThat(answer.headers().firstValue("X-Model")).as(method).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noSpellingOfAPathGetsPast(String listener, String template) throws Exception {
        String path = concrete(template);
        if ((listener.equals("public") ? OPEN : OPEN_TO_ADMINS).contains(template)) {
            return;
        }
        List<String> spellings = new ArrayList<>(List.of(
                path + "/",
                path + "//",
                "/" + path,
                path.toUpperCase(Locale.ROOT),
                path + ";a=b",
                "/v2/health/live/../../.." + path,
                "/." + path,
                path + "%2f",
                path + "?x=/v2/health/live",
                path + "%00",
                "http://127.0.0.1" + path));
        for (int i = path.length() - 1; i > 0; i = path.lastIndexOf('/', i - 1)) {
            spellings.add(path.substring(0, i) + String.format("%%%02x", (int) path.charAt(i)) + path.substring(i + 1));
            spellings.add(path.substring(0, i) + "/" + path.substring(i));
        }
        int port = port(listener);
        for (String spelling : spellings) {
            for (String method : new String[] {"GET", "POST", "PUT", "OPTIONS"}) {
                for (String override : new String[] {"X-None: GET", "x-http-method-override: GET"}) {
                    String what = listener + " " + method + " " + spelling + " " + override;
                    String answer = RawHttp.exchange(
                            port,
                            method + " " + spelling + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                                    + "Content-Length: 0\r\n" + override + "\r\n\r\n");
                    assertThat(answer)
                            .as(what)
                            .matches("(?s)HTTP/1.1 (400|401|404) .*")
                            .doesNotContain("X-Model");
                }
            }
        }
    }

    @Test
    void aPreflightIsFreeAndPlaysNothing() throws Exception {
        for (String override : OVERRIDES) {
            List<String> headers =
                    new ArrayList<>(List.of("Origin", "https://a.example", "Access-Control-Request-Method", "POST"));
            if (!override.isEmpty()) {
                headers.addAll(List.of("X-HTTP-Method-Override", override));
            }
            HttpResponse<byte[]> answer =
                    ask("public", "OPTIONS", "/v1/generate?notes=2", headers.toArray(String[]::new));
            assertThat(answer.statusCode()).as(override).isEqualTo(204);
            assertThat(answer.headers().firstValue("X-Model")).as(override).isEmpty();
            assertThat(answer.body()).isEmpty();
        }
        assertThat(ask(
                                "public",
                                "GET",
                                "/v1/generate",
                                "Origin",
                                "https://a.example",
                                "Access-Control-Request-Method",
                                "GET")
                        .statusCode())
                .isEqualTo(401);
        assertThat(ask("public", "OPTIONS", "/v1/generate", "Origin", "https://a.example")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theLogSaysTheTrueMethodAndNoOrderWasCarriedOut() throws Exception {
        String id = "walk-" + System.nanoTime();
        ask("public", "OPTIONS", "/v1/models", "X-HTTP-Method-Override", "GET", "X-Request-Id", id);
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String line = "";
        while (line.isEmpty() && System.nanoTime() < end) {
            line = LOG.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(logged -> logged.contains(id))
                    .findFirst()
                    .orElse("");
        }
        assertThat(line).contains("\"method\":\"OPTIONS\"").contains("\"status\":401");
        assertThat(live().catalog.serving("piano").orElseThrow().version()).isEqualTo(2);
        assertThat(live().catalog.labels("piano")).isEmpty();
    }
}
