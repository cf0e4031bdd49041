package dev.cadenza.server.metrics;

import dev.cadenza.engine.StepListener;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.http.Addition;
import dev.cadenza.server.http.Routes;
import dev.cadenza.server.http.access.Exchange;
import dev.cadenza.server.http.access.ExchangeListener;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.ServingEvents;
import dev.cadenza.server.serving.VersionStatus;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the server counts. Labels have few values: routes and not paths, versions that are loaded and not names that
 * clients send. A version's counters go when it is not loaded any more.
 */
public final class ServerMetrics implements Addition, ServingEvents, ExchangeListener {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final double[] REQUEST_SECONDS = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};
    private static final double[] FIRST_NOTE_SECONDS = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64};
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Metric.HTTP_REQUESTS.counter(registry);
    private final Histogram requestSeconds = Metric.HTTP_REQUEST_SECONDS.histogram(registry, REQUEST_SECONDS);
    private final Histogram queueSeconds = Metric.QUEUE_SECONDS.histogram(registry, FIRST_NOTE_SECONDS);
    private final Counter runs = Metric.MODEL_RUNS.counter(registry);
    private final Counter runSeconds = Metric.MODEL_RUN_SECONDS.counter(registry);
    private final Counter steps = Metric.MODEL_STEPS.counter(registry);
    private final Histogram rows = Metric.MODEL_BATCH_ROWS.histogram(registry, ROWS);
    private final Counter notes = Metric.NOTES.counter(registry);
    private final Histogram firstNoteSeconds = Metric.FIRST_NOTE_SECONDS.histogram(registry, FIRST_NOTE_SECONDS);
    private final Map<String, ForVersion> versions = new ConcurrentHashMap<>();

    /** The counters of one version, looked up once. */
    private final class ForVersion implements StepListener {
        private final CounterDataPoint runsMade;
        private final CounterDataPoint secondsRun;
        private final CounterDataPoint stepsMade;
        private final CounterDataPoint notesMade;
        private final DistributionDataPoint rowsRun;
        private final DistributionDataPoint firstNotes;

        ForVersion(String id) {
            runsMade = runs.labelValues(id);
            secondsRun = runSeconds.labelValues(id);
            stepsMade = steps.labelValues(id);
            notesMade = notes.labelValues(id);
            rowsRun = rows.labelValues(id);
            firstNotes = firstNoteSeconds.labelValues(id);
        }

        @Override
        public void ran(int rowCount, int stepCount, long nanos) {
            runsMade.inc();
            secondsRun.inc(nanos / 1e9);
            stepsMade.inc((long) rowCount * stepCount);
            rowsRun.observe(rowCount);
        }
    }

    /**
     * Adds the gauges of catalogue, queue and process, which are read at every scrape.
     *
     * @param serverVersion of this server
     * @param engineVersion of ONNX Runtime
     */
    public void watch(ModelCatalog catalog, QueueGauges queue, String serverVersion, String engineVersion) {
        StandingGauges.register(registry, catalog, queue, serverVersion, engineVersion);
        ProcessGauges.register(registry);
        loaded = () -> catalog.versions().stream()
                .filter(VersionStatus::isReady)
                .map(status -> status.id().toString())
                .collect(Collectors.toSet());
    }

    private volatile java.util.function.Supplier<Set<String>> loaded = versions::keySet;

    @Override
    public StepListener steps(VersionId id) {
        return forVersion(id);
    }

    @Override
    public void note(VersionId id) {
        forVersion(id).notesMade.inc();
    }

    @Override
    public void firstNote(VersionId id, Duration sinceArrival) {
        forVersion(id).firstNotes.observe(seconds(sinceArrival));
    }

    private ForVersion forVersion(VersionId id) {
        return versions.computeIfAbsent(id.toString(), ForVersion::new);
    }

    @Override
    public void answered(Exchange exchange) {
        String route = exchange.route().isEmpty() ? "none" : exchange.route();
        String method = METHODS.contains(exchange.method()) ? exchange.method() : "other";
        requests.labelValues(exchange.listener(), method, route, Integer.toString(exchange.status()))
                .inc();
        requestSeconds.labelValues(route).observe(seconds(exchange.duration()));
        if (exchange.queued() != null) {
            queueSeconds.observe(seconds(exchange.queued()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void addAdmin(Routes routes) {
        routes.get("/metrics", ctx -> {
            RequestId.of(ctx);
            ctx.header("Cache-Control", "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .contentType(PROMETHEUS_TEXT)
                    .result(scrape());
        });
    }

    /** Everything in Prometheus' text format, version 0.0.4, UTF-8. */
    public byte[] scrape() {
        forget();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Versions come and go for as long as the server runs; their counters must not stay. */
    private void forget() {
        Set<String> still = loaded.get();
        for (String id : Set.copyOf(versions.keySet())) {
            if (!still.contains(id)) {
                versions.remove(id);
                runs.remove(id);
                runSeconds.remove(id);
                steps.remove(id);
                notes.remove(id);
                rows.remove(id);
                firstNoteSeconds.remove(id);
            }
        }
    }
}
