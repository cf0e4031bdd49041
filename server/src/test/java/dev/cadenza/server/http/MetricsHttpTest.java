package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.server.TinyModel;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters over HTTP: they parse, they move, and no stranger makes them many. */
class MetricsHttpTest {
    @TempDir
    private Path models;

    @BeforeEach
    void publish() {
        TinyModel.copyTo(models, "piano", 1);
    }

    private LiveServer start() throws Exception {
        return new LiveServer(models, Duration.ZERO, Optional.empty(), RunningServer.LIMITS);
    }

    private static Map<String, Double> scrape(LiveServer live) throws Exception {
        HttpResponse<byte[]> answer = live.admin("GET", "/metrics", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningServer.header(answer, "content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        return ScrapeText.parse(answer.body());
    }

    /** An answer is counted when its last byte is out, which its client may know before the counter does. */
    private static Map<String, Double> scrapeOnce(LiveServer live, String counted) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Map<String, Double> now = scrape(live);
        while (!now.containsKey(counted) && System.nanoTime() < end) {
            Thread.sleep(5);
            now = scrape(live);
        }
        return now;
    }

    @Test
    void whatIsDoneIsCounted() throws Exception {
        try (LiveServer live = start()) {
            assertThat(live.json("/v1/generate?seed=1&notes=30&n=2").statusCode())
                    .isEqualTo(200);
            assertThat(live.get("/v1/generate?seed=2&notes=5").statusCode()).isEqualTo(200);
            assertThat(live.get("/v1/generate?seed=x").statusCode()).isEqualTo(400);
            assertThat(live.get("/v1/models/organ").statusCode()).isEqualTo(404);
            assertThat(live.get("/nothing").statusCode()).isEqualTo(404);
            String generated =
                    "cadenza_http_requests_total{code=\"%s\",listener=\"public\",method=\"GET\",route=\"%s\"}";
            Map<String, Double> now = scrapeOnce(live, generated.formatted("404", "none"));
            assertThat(now)
                    .containsEntry(generated.formatted("200", "/v1/generate"), 2.0)
                    .containsEntry(generated.formatted("400", "/v1/generate"), 1.0)
                    .containsEntry(generated.formatted("404", "/v1/models/{name}"), 1.0)
                    .containsEntry(generated.formatted("404", "none"), 1.0)
                    .containsEntry("cadenza_notes_total{model=\"piano@1\"}", 65.0)
                    .containsEntry("cadenza_first_note_seconds_count{model=\"piano@1\"}", 2.0)
                    .containsEntry("cadenza_queue_seconds_count", 2.0)
                    .containsEntry("cadenza_model_loaded{device=\"cpu\",model=\"piano@1\",serving=\"true\"}", 1.0)
                    .containsEntry("cadenza_streams_playing", 0.0)
                    .containsEntry("cadenza_requests_waiting", 0.0)
                    .containsEntry("cadenza_ready", 1.0)
                    .containsEntry("cadenza_build_info{onnxruntime=\"4.5.6\",version=\"1.2.3\"}", 1.0);
            assertThat(now.get("cadenza_model_steps_total{model=\"piano@1\"}")).isGreaterThanOrEqualTo(65);
            assertThat(now.get("cadenza_model_batch_rows_bucket{model=\"piano@1\",le=\"2.0\"}"))
                    .isEqualTo(now.get("cadenza_model_runs_total{model=\"piano@1\"}"));
            assertThat(now.get("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
            assertThat(now.get("process_start_time_seconds")).isPositive();
        }
    }

    @Test
    void strangersDoNotMakeTheSeriesMany() throws Exception {
        try (LiveServer live = start()) {
            for (String path : new String[] {"/a", "/v1/models/b", "/v1/generate?model=c", "/v2/models/d/ready"}) {
                live.get(path);
            }
            live.send("BREW", "/v1/generate");
            // The first scrape is itself counted in the next.
            scrapeOnce(
                    live,
                    "cadenza_http_requests_total{code=\"405\",listener=\"public\",method=\"other\",route=\"none\"}");
            int before = scrapeOnce(
                            live,
                            "cadenza_http_requests_total{code=\"200\",listener=\"admin\",method=\"GET\",route=\"/metrics\"}")
                    .size();
            for (int i = 0; i < 50; i++) {
                live.get("/" + i);
                live.get("/v1/models/m" + i);
                live.get("/v1/generate?model=m" + i);
                live.get("/v2/models/m" + i + "/ready");
                live.send("BREW" + i, "/v1/generate");
            }
            assertThat(scrape(live)).hasSize(before);
        }
    }

    @Test
    void aVersionsSeriesGoWithIt() throws Exception {
        try (LiveServer live = start()) {
            live.get("/v1/generate?seed=1&notes=5");
            for (int version = 2; version <= 5; version++) {
                TinyModel.copyTo(models, "piano", version);
                assertThat(live.admin("POST", "/v2/repository/models/piano/load", "")
                                .statusCode())
                        .isEqualTo(200);
                live.get("/v1/generate?seed=1&notes=5");
            }
            Map<String, Double> now = scrape(live);
            assertThat(now.keySet().stream().filter(series -> series.startsWith("cadenza_notes_total")))
                    .containsExactlyInAnyOrder(
                            "cadenza_notes_total{model=\"piano@4\"}", "cadenza_notes_total{model=\"piano@5\"}");
        }
    }
}
