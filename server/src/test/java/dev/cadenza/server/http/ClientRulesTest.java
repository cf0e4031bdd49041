package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.server.TinyModel;
import dev.cadenza.server.http.access.AccessLog;
import dev.cadenza.server.http.access.ApiKeys;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.access.Rate;
import dev.cadenza.server.http.access.TokenBuckets;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, rates, pages of other servers, and what the access log says of it. */
class ClientRulesTest {
    private static final String PIECE = "/v1/generate?seed=1&notes=3";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private LiveServer start(ClientRules rules) throws Exception {
        Path models = Files.createTempDirectory(folder, "models");
        TinyModel.copyTo(models, "piano", 1);
        return new LiveServer(
                models, Duration.ZERO, Optional.empty(), RunningServer.LIMITS, rules, List.of(AccessLog.to(log)));
    }

    private static String sha256(String key) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    private Supplier<ApiKeys> keys(String... lines) throws Exception {
        ApiKeys keys = ApiKeys.read(Files.write(folder.resolve("keys"), List.of(lines)));
        return () -> keys;
    }

    private static ClientRules rules(@Nullable Supplier<ApiKeys> keys, @Nullable Rate rate, boolean proxied) {
        return new ClientRules(keys, rate, proxied, Set.of(), 16);
    }

    private List<JsonNode> logged(int lines) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (log.toString(StandardCharsets.UTF_8).lines().count() < lines && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> all = new java.util.ArrayList<>();
        for (String line : log.toString(StandardCharsets.UTF_8).lines().toList()) {
            all.add(json.readTree(line));
        }
        assertThat(all).hasSize(lines);
        return all;
    }

    @Test
    void onlyWhoHasAKeyPlaysAndNotMoreThanItAllows() throws Exception {
        Supplier<ApiKeys> keys =
                keys("# studio", "", "studio:" + sha256("open sesame") + ":6:2", "band:" + sha256("let us in"));
        try (LiveServer live = start(rules(keys, null, false))) {
            HttpResponse<byte[]> without = live.get(PIECE);
            RunningServer.assertProblem(without, 401, "unauthorized");
            assertThat(RunningServer.header(without, "www-authenticate")).startsWith("Bearer");
            RunningServer.assertProblem(
                    live.send("GET", "/v1/models", "Authorization", "Bearer open"), 401, "unauthorized");
            assertThat(live.get("/v2/health/ready").statusCode()).isEqualTo(200);
            for (int i = 0; i < 2; i++) {
                assertThat(live.send("GET", PIECE, "Authorization", "Bearer open sesame")
                                .statusCode())
                        .isEqualTo(200);
            }
            HttpResponse<byte[]> third = live.send("GET", PIECE, "Authorization", "Bearer open sesame");
            RunningServer.assertProblem(third, 429, "too_many_requests");
            assertThat(Integer.parseInt(RunningServer.header(third, "retry-after")))
                    .isBetween(1, 10);
            assertThat(live.send("GET", PIECE, "Authorization", "Bearer let us in")
                            .statusCode())
                    .isEqualTo(200);
        }
        List<JsonNode> lines = logged(6);
        assertThat(lines.get(0).path("status").intValue()).isEqualTo(401);
        assertThat(lines.get(0).path("client").isNull()).isTrue();
        JsonNode played = lines.get(2);
        assertThat(played.path("client").asText()).isEqualTo("studio");
        assertThat(played.path("method").asText()).isEqualTo("GET");
        assertThat(played.path("path").asText()).isEqualTo("/v1/generate");
        assertThat(played.path("status").intValue()).isEqualTo(200);
        assertThat(played.path("bytes").intValue()).isGreaterThan(20);
        assertThat(played.path("model").asText()).isEqualTo("piano@1");
        assertThat(played.path("remote").asText()).isEqualTo("127.0.0.1");
        assertThat(played.path("request_id").asText()).hasSizeGreaterThan(8);
        assertThat(played.path("duration_ms").doubleValue()).isPositive();
        assertThat(played.path("play_ms").doubleValue()).isPositive();
        assertThat(log.toString(StandardCharsets.UTF_8))
                .doesNotContain("sesame")
                .doesNotContain("seed=1");
    }

    @Test
    void theRateIsOfAnAddressAndAForgedOneCountsOnlyBehindAProxy() throws Exception {
        ClientRules strict = rules(null, new Rate(1, 1), false);
        try (LiveServer live = start(strict)) {
            assertThat(live.send("GET", PIECE, "X-Forwarded-For", "10.0.0.1").statusCode())
                    .isEqualTo(200);
            assertThat(live.send("GET", PIECE, "X-Forwarded-For", "10.0.0.2").statusCode())
                    .isEqualTo(429);
        }
        ClientRules proxied = rules(null, new Rate(1, 1), true);
        try (LiveServer live = start(proxied)) {
            assertThat(live.send("GET", PIECE, "X-Forwarded-For", "10.0.0.1").statusCode())
                    .isEqualTo(200);
            assertThat(live.send("GET", PIECE, "X-Forwarded-For", "10.0.0.2").statusCode())
                    .isEqualTo(200);
            assertThat(live.send("GET", PIECE, "X-Forwarded-For", "10.0.0.9, 10.0.0.2")
                            .statusCode())
                    .isEqualTo(429);
            assertThat(live.send("GET", PIECE, "X-Forwarded-For", "10.0.0.8", "X-Forwarded-For", "10.0.0.1")
                            .statusCode())
                    .isEqualTo(429);
        }
        assertThat(logged(6).get(4).path("remote").asText()).isEqualTo("10.0.0.2");
    }

    @Test
    void anAddressIsTheSameClientHoweverItIsWritten() throws Exception {
        String[][] clients = {
            {"203.0.113.7", "203.0.113.7:5678", "::ffff:203.0.113.7", "[::FFFF:cb00:7107]:80"},
            {"2001:db8:1:2::1", "[2001:db8:1:2::1]:443", "2001:db8:1:2:ffff:1:2:3", "2001:DB8:1:2:0:0:0:9"},
            // Garbage counts as the address that sent it.
            {"", "unknown", "1.2.3.4.5", "1.2.3.400", "1.2.3.4:x", ":::", "1.2.3.4,", "a.example", "12345678", "[::1"},
        };
        try (LiveServer live = start(rules(null, new Rate(0.001, 1), true))) {
            for (String[] spellings : clients) {
                for (int i = 0; i < spellings.length; i++) {
                    assertThat(live.send("GET", "/v1/models", "X-Forwarded-For", spellings[i])
                                    .statusCode())
                            .as(spellings[i])
                            .isEqualTo(i == 0 ? 200 : 429);
                }
            }
            assertThat(live.send("GET", "/v1/models", "X-Forwarded-For", "2001:db8:1:3::1")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(logged(19).get(5).path("remote").asText()).isEqualTo("2001:db8:1:2:0:0:0:1");
    }

    @Test
    void wrongKeysAreThrottledByAddressAndRightOnesPassThem() throws Exception {
        Supplier<ApiKeys> keys = keys("studio:" + sha256("open sesame"));
        try (LiveServer live = start(rules(keys, null, true))) {
            for (int i = 0; i < 40; i++) {
                HttpResponse<byte[]> wrong = live.send(
                        "GET", "/v1/models", "Authorization", "Bearer wrong" + i, "X-Forwarded-For", "10.0.0.1:" + i);
                if (i < 10) {
                    RunningServer.assertProblem(wrong, 401, "unauthorized");
                } else if (wrong.statusCode() != 401) {
                    RunningServer.assertProblem(wrong, 429, "too_many_requests");
                    assertThat(Integer.parseInt(RunningServer.header(wrong, "retry-after")))
                            .isBetween(1, 6);
                }
            }
            assertThat(logged(40).stream().filter(line -> line.path("status").intValue() == 429))
                    .hasSizeGreaterThan(20);
            assertThat(live.send(
                                    "GET",
                                    "/v1/models",
                                    "Authorization",
                                    "Bearer open sesame",
                                    "X-Forwarded-For",
                                    "10.0.0.1")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(live.send("GET", "/v1/models", "Authorization", "Bearer wrong", "X-Forwarded-For", "10.0.0.2")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void noMethodOverrideChangesWhatCounts() throws Exception {
        try (LiveServer live = start(rules(null, new Rate(0.001, 1), false))) {
            assertThat(live.get(PIECE).statusCode()).isEqualTo(200);
            for (String method : new String[] {"OPTIONS", "GET", "HEAD", "POST", "TRACE"}) {
                assertThat(live.send(method, PIECE, "X-HTTP-Method-Override", "GET")
                                .statusCode())
                        .as(method)
                        .isEqualTo(429);
            }
        }
        assertThat(logged(6))
                .extracting(line -> line.path("method").asText())
                .containsExactly("GET", "OPTIONS", "GET", "HEAD", "POST", "TRACE");
    }

    @Test
    void pagesOfOtherServersAreAnsweredOnlyIfTheirOriginIsAllowed() throws Exception {
        try (LiveServer live = start(ClientRules.OPEN)) {
            HttpResponse<byte[]> closed = live.send("GET", PIECE, "Origin", "https://a.example");
            assertThat(closed.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
        }
        ClientRules rules = new ClientRules(keys("k:" + sha256("k")), null, false, Set.of("https://a.example"), 16);
        try (LiveServer live = start(rules)) {
            HttpResponse<byte[]> preflight = live.send(
                    "OPTIONS", "/v1/generate", "Origin", "https://a.example", "Access-Control-Request-Method", "POST");
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(RunningServer.header(preflight, "access-control-allow-origin"))
                    .isEqualTo("https://a.example");
            assertThat(RunningServer.header(preflight, "access-control-allow-methods"))
                    .contains("POST");
            assertThat(RunningServer.header(preflight, "access-control-allow-headers"))
                    .contains("Authorization");
            HttpResponse<byte[]> answer =
                    live.send("GET", PIECE, "Origin", "https://a.example", "Authorization", "Bearer k");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(RunningServer.header(answer, "access-control-expose-headers"))
                    .contains("X-Seed");
            assertThat(answer.headers().allValues("vary")).contains("Origin", "Accept");
            assertThat(RunningServer.header(
                            live.send("GET", PIECE, "Origin", "https://b.example", "Authorization", "Bearer k"),
                            "access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Test
    void aKeysFileThatIsWrongSaysInWhichLine() throws Exception {
        assertThatThrownBy(() -> keys("# nothing")).hasMessageContaining("no key");
        assertThatThrownBy(() -> keys("a:" + sha256("a"), "b:secret"))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> keys("a:" + sha256("a") + ":0")).hasMessageContaining("line 1");
        assertThatThrownBy(() -> keys("a:" + sha256("a"), "b:" + sha256("a"))).hasMessageContaining("listed already");
        assertThatThrownBy(() -> keys("a:" + sha256("a"), "# b", "a:" + sha256("b")))
                .hasMessageContaining("line 3")
                .hasMessageContaining("in line 1 already");
    }

    @Test
    void aBucketFillsAtItsRateAndTheOldestIsForgotten() {
        AtomicLong clock = new AtomicLong();
        TokenBuckets buckets = new TokenBuckets(clock::get);
        Rate rate = new Rate(60, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a", rate)).isZero();
        }
        assertThat(buckets.take("a", rate)).isEqualTo(1);
        clock.addAndGet(1_000_000_000);
        assertThat(buckets.take("a", rate)).isZero();
        assertThat(buckets.take("a", rate)).isEqualTo(1);
        assertThat(buckets.take("b", rate)).isZero();
        clock.addAndGet(3_600_000_000_000L);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("a", rate)).isZero();
        }
        assertThat(buckets.take("a", rate)).isEqualTo(1);
        for (int i = 0; i < 10_000; i++) {
            buckets.take("client " + i, rate);
        }
        assertThat(buckets.take("a", rate)).as("forgotten, so it is full again").isZero();
    }

    @Test
    void nothingThatAClientSendsBreaksALineOfTheLog() throws Exception {
        try (LiveServer live = start(ClientRules.OPEN)) {
            live.send("GET", "/v1/models%0a%7b%22status%22:200%7d", "User-Agent", "a\"b\\c" + "x".repeat(500));
            // A line is written once its answer has been sent: wait for it, so that the order is known.
            logged(1);
            RawHttp.exchange(live.server.port(), "GET / HTTP/9.9\n\n");
        }
        List<JsonNode> lines = logged(2);
        assertThat(lines.get(0).path("status").intValue()).isEqualTo(400);
        assertThat(lines.get(0).path("user_agent").asText())
                .startsWith("a\"b\\cxxx")
                .hasSizeLessThan(70);
        assertThat(lines.get(1).path("status").intValue()).isBetween(400, 505);
    }
}
