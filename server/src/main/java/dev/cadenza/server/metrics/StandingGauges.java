package dev.cadenza.server.metrics;

import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;

/** How catalogue and queue stand. */
final class StandingGauges {
    private StandingGauges() {}

    static void register(
            PrometheusRegistry registry,
            ModelCatalog catalog,
            QueueGauges queue,
            String serverVersion,
            String engineVersion) {
        gauge(registry, "cadenza_streams_playing", "Streams that play now.", queue.streams()::getAsInt);
        gauge(registry, "cadenza_requests_waiting", "Requests that wait for their turn.", queue.waiting()::getAsInt);
        gauge(registry, "cadenza_ready", "1 if the default model is ready.", () -> catalog.isReady() ? 1 : 0);
        GaugeWithCallback.builder()
                .name("cadenza_model_loaded")
                .help("1 for each version that is loaded; serving tells whether the bare name means it.")
                .labelNames("model", "device", "serving")
                .callback(callback -> {
                    for (VersionStatus status : catalog.versions()) {
                        Optional<VersionId> serving =
                                catalog.serving(status.id().name());
                        status.device()
                                .ifPresent(device -> callback.call(
                                        1,
                                        status.id().toString(),
                                        device,
                                        Boolean.toString(serving.equals(Optional.of(status.id())))));
                    }
                })
                .register(registry);
        gauge(
                registry,
                "cadenza_versions_refused",
                "Versions in the models folder that are not good.",
                () -> catalog.versions().stream()
                        .filter(status -> status.state() == VersionStatus.State.REFUSED)
                        .count());
        Info.builder()
                .name("cadenza_build")
                .help("Versions of this server and of ONNX Runtime.")
                .labelNames("version", "onnxruntime")
                .register(registry)
                .setLabelValues(serverVersion, engineVersion);
    }

    /** A number that is asked for at every scrape. */
    interface Value {
        double now();
    }

    static void gauge(PrometheusRegistry registry, String name, String help, Value value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.now()))
                .register(registry);
    }
}
