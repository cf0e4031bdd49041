package dev.cadenza.server.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The process under the names that Prometheus' own clients use. */
final class ProcessGauges {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessGauges() {}

    static void register(PrometheusRegistry registry) {
        double start = ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
        StandingGauges.gauge(
                registry, "process_start_time_seconds", "When the process began, in Unix time.", () -> start);
        StandingGauges.gauge(
                registry,
                "process_cpu_seconds",
                "Processor time of the process.",
                () -> ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .map(java.time.Duration::toMillis)
                                .orElse(0L)
                        / 1e3);
        if (Files.isReadable(STATUS)) {
            StandingGauges.gauge(
                    registry,
                    "process_resident_memory_bytes",
                    "Memory of the process that is in use, native and Java's.",
                    ProcessGauges::residentBytes);
        }
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        GaugeWithCallback.builder()
                .name("jvm_memory_used_bytes")
                .help("Memory that Java uses.")
                .labelNames("area")
                .callback(callback -> {
                    callback.call((double) memory.getHeapMemoryUsage().getUsed(), "heap");
                    callback.call((double) memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
                })
                .register(registry);
        StandingGauges.gauge(
                registry,
                "jvm_threads_current",
                "Threads of the process.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
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
