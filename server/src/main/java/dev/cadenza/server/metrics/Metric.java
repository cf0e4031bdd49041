package dev.cadenza.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Every metric: its name, which is an interface, what it says, and its labels. */
enum Metric {
    HTTP_REQUESTS(
            "cadenza_http_requests",
            "Answers by listener, method, route and status code; 499 is a client that went away.",
            "listener",
            "method",
            "route",
            "code"),
    HTTP_REQUEST_SECONDS("cadenza_http_request_seconds", "From a request's first byte to its answer's last.", "route"),
    QUEUE_SECONDS("cadenza_queue_seconds", "Time that served requests waited in the queue."),
    MODEL_RUNS("cadenza_model_runs", "Runs of a model.", "model"),
    MODEL_RUN_SECONDS("cadenza_model_run_seconds", "Time in a model's runs.", "model"),
    MODEL_STEPS("cadenza_model_steps", "Notes stepped over, given and new.", "model"),
    MODEL_BATCH_ROWS("cadenza_model_batch_rows", "Streams that were stepped in one run.", "model"),
    NOTES("cadenza_notes", "New notes.", "model"),
    FIRST_NOTE_SECONDS("cadenza_first_note_seconds", "From queueing a request to its first new note.", "model"),
    STREAMS_PLAYING("cadenza_streams_playing", "Streams that are playing."),
    REQUESTS_WAITING("cadenza_requests_waiting", "Requests that wait in the queue."),
    READY("cadenza_ready", "1 if the default model is ready."),
    MODEL_LOADED(
            "cadenza_model_loaded",
            "1 for each version that is loaded; serving says whether the bare name means it.",
            "model",
            "device",
            "serving"),
    VERSIONS_REFUSED("cadenza_versions_refused", "Versions in the models folder that were refused."),
    BUILD("cadenza_build", "Versions of this server and of ONNX Runtime.", "version", "onnxruntime"),
    START_TIME("process_start_time_seconds", "Start time of the process, in Unix time."),
    CPU_SECONDS("process_cpu_seconds", "Processor time of the process."),
    RESIDENT_MEMORY("process_resident_memory_bytes", "Resident memory of the process, native and Java."),
    JVM_MEMORY("jvm_memory_used_bytes", "Memory that the JVM uses.", "area"),
    JVM_THREADS("jvm_threads_current", "Threads of the process.");

    private final String metric;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // Never written to.
    private final String[] labels;

    Metric(String metric, String help, String... labels) {
        this.metric = metric;
        this.help = help;
        this.labels = labels;
    }

    Counter counter(PrometheusRegistry registry) {
        return Counter.builder().name(metric).help(help).labelNames(labels).register(registry);
    }

    Histogram histogram(PrometheusRegistry registry, double... upperBounds) {
        return Histogram.builder()
                .name(metric)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(upperBounds)
                .register(registry);
    }

    /** A number that is read at every scrape. */
    void gauge(PrometheusRegistry registry, DoubleSupplier value) {
        gauges(registry, callback -> callback.call(value.getAsDouble()));
    }

    /** Numbers with labels that are read at every scrape. */
    void gauges(PrometheusRegistry registry, Consumer<GaugeWithCallback.Callback> values) {
        GaugeWithCallback.builder()
                .name(metric)
                .help(help)
                .labelNames(labels)
                .callback(values)
                .register(registry);
    }

    void info(PrometheusRegistry registry, String... values) {
        Info.builder()
                .name(metric)
                .help(help)
                .labelNames(labels)
                .register(registry)
                .setLabelValues(values);
    }
}
