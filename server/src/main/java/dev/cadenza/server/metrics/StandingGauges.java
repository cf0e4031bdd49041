package dev.cadenza.server.metrics;

import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
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
        Metric.STREAMS_PLAYING.gauge(registry, queue.streams()::getAsInt);
        Metric.REQUESTS_WAITING.gauge(registry, queue.waiting()::getAsInt);
        Metric.READY.gauge(registry, () -> catalog.isReady() ? 1 : 0);
        Metric.MODEL_LOADED.gauges(registry, callback -> {
            for (VersionStatus status : catalog.versions()) {
                Optional<VersionId> serving = catalog.serving(status.id().name());
                status.device()
                        .ifPresent(device -> callback.call(
                                1,
                                status.id().toString(),
                                device,
                                Boolean.toString(serving.equals(Optional.of(status.id())))));
            }
        });
        Metric.VERSIONS_REFUSED.gauge(
                registry,
                () -> catalog.versions().stream()
                        .filter(status -> status.state() == VersionStatus.State.REFUSED)
                        .count());
        Metric.BUILD.info(registry, serverVersion, engineVersion);
    }
}
