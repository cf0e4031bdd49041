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
 * somebody asks for. A version's counters go when it is not loaded any more.
 */
public final class ServerMetrics implements Addition, ServingEvents, ExchangeListener {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final double[] REQUEST_SECONDS = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};
    private static final double[] FIRST_NOTE_SECONDS = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64};
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("cadenza_http_requests")
            .help("Answers by listener, method, route and status code; 499 is a client that went away.")
            .labelNames("listener", "method", "route", "code")
            .register(registry);
    private final Histogram requestSeconds = Histogram.builder()
            .name("cadenza_http_request_seconds")
            .help("From a request's first byte to its answer's last.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(REQUEST_SECONDS)
            .register(registry);
    private final Histogram queueSeconds = Histogram.builder()
            .name("cadenza_queue_seconds")
            .help("How long requests that were played waited for their turn.")
            .classicOnly()
            .classicUpperBounds(FIRST_NOTE_SECONDS)
            .register(registry);
    private final Counter runs = counter("cadenza_model_runs", "Runs of a model.");
    private final Counter runSeconds = counter("cadenza_model_run_seconds", "Time in a model's runs.");
    private final Counter steps = counter("cadenza_model_steps", "Notes stepped over, given ones and new ones.");
    private final Histogram rows = Histogram.builder()
            .name("cadenza_model_batch_rows")
            .help("Streams that were stepped in one run.")
            .labelNames("model")
            .classicOnly()
            .classicUpperBounds(ROWS)
            .register(registry);
    private final Counter notes = counter("cadenza_notes", "New notes.");
    private final Histogram firstNoteSeconds = Histogram.builder()
            .name("cadenza_first_note_seconds")
            .help("From a request's turn being asked for to its first new note.")
            .labelNames("model")
            .classicOnly()
            .classicUpperBounds(FIRST_NOTE_SECONDS)
            .register(registry);
    private final Map<String, ForVersion> versions = new ConcurrentHashMap<>();

    /** The counters of one version, looked up once. */
    private final class ForVersion implements StepListener {
        private final io.prometheus.metrics.core.datapoints.CounterDataPoint runsMade;
        private final io.prometheus.metrics.core.datapoints.CounterDataPoint secondsRun;
        private final io.prometheus.metrics.core.datapoints.CounterDataPoint stepsMade;
        private final io.prometheus.metrics.core.datapoints.CounterDataPoint notesMade;
        private final io.prometheus.metrics.core.datapoints.DistributionDataPoint rowsRun;
        private final io.prometheus.metrics.core.datapoints.DistributionDataPoint firstNotes;

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

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).labelNames("model").register(registry);
    }

    /**
     * Asks how things stand whenever it is scraped.
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
