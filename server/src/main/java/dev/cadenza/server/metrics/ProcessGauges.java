package dev.cadenza.server.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The process under the names that Prometheus' own clients use. */
final class ProcessGauges {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessGauges() {}

    static void register(PrometheusRegistry registry) {
        double start = ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
        Metric.START_TIME.gauge(registry, () -> start);
        Metric.CPU_SECONDS.gauge(
                registry,
                () -> ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .map(Duration::toMillis)
                                .orElse(0L)
                        / 1e3);
        if (Files.isReadable(STATUS)) {
            Metric.RESIDENT_MEMORY.gauge(registry, ProcessGauges::residentBytes);
        }
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Metric.JVM_MEMORY.gauges(registry, callback -> {
            callback.call((double) memory.getHeapMemoryUsage().getUsed(), "heap");
            callback.call((double) memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
        });
        Metric.JVM_THREADS.gauge(
                registry, () -> ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
