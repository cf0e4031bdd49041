package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.TinyModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One version after the other is published while requests never stop: each is answered, by one version from its first
 * note to its last. The long form: {@code -Dcadenza.soak.swaps=1000 "-DargLine=-Xmx96m -XX:+UseSerialGC"}; the heap is
 * bounded so that what native code keeps is seen.
 */
class SwapStormTest {
    private static final int SWAPS = Integer.getInteger("cadenza.soak.swaps", 25);
    private static final int LONG = 500;
    private static final long BOUNDED_HEAP = 128L << 20;
    private static final int SAMPLES = 30;
    private static final int CLIENTS = 6;
    private static final int SEEDS = 5;
    private static final long MOST_GROWTH_KIB = 24 << 10;

    @TempDir
    private Path folder;

    /** Seed and kind of version (odd or even) to its notes. */
    private final Map<String, JsonNode> expected = new ConcurrentHashMap<>();

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger versionsHeard = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noAnswerFailsAndNoneIsOfTwoVersions() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        publish(models, 1);
        List<Long> resident = new ArrayList<>();
        try (LiveServer live =
                new LiveServer(models, Duration.ofMillis(10), Optional.empty(), RunningServer.limits(16, 64))) {
            learn(live, 1);
            publish(models, 2);
            awaitServing(live, 2);
            learn(live, 2);
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                Thread thread = new Thread(() -> ask(live, first));
                thread.start();
                clients.add(thread);
            }
            for (int version = 3; version <= SWAPS + 2; version++) {
                publish(models, version);
                awaitServing(live, version);
                delete(models.resolve("piano").resolve(Integer.toString(version - 2)));
                if (version % Math.max(1, SWAPS / SAMPLES) == 0) {
                    resident.add(residentKib());
                }
            }
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        System.out.printf(
                "%d swaps, %d answers by %d versions, %d failures; resident KiB over time %s%n",
                SWAPS, answers.get(), versionsHeard.get(), failures.size(), resident);
        assertThat(failures).isEmpty();
        assertThat(answers.get()).isGreaterThan(SWAPS);
        assertThat(versionsHeard.get()).isGreaterThan(SWAPS / 2);
        boolean bounded = Runtime.getRuntime().maxMemory() <= BOUNDED_HEAP;
        if (SWAPS >= LONG && bounded && resident.get(0) > 0) {
            int third = resident.size() / 3;
            assertThat(least(resident.subList(2 * third, resident.size())) - least(resident.subList(third, 2 * third)))
                    .as("KiB by which the least of the last third is above that of the second")
                    .isLessThan(MOST_GROWTH_KIB);
        }
    }

    /** A heap comes and goes; what never goes shows in the least. */
    private static long least(List<Long> samples) {
        return samples.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    /** Odd versions play one thing, even ones another. */
    private void publish(Path models, int version) throws IOException {
        Path staged = TinyModel.variantTo(folder.resolve("staging"), "piano", version, version % 2 == 0 ? 100 : 0);
        Path target = models.resolve("piano").resolve(Integer.toString(version));
        Files.createDirectories(target.getParent());
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitServing(LiveServer live, int version) throws Exception {
        VersionId wanted = new VersionId("piano", version);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!live.catalog.serving("piano").equals(Optional.of(wanted))) {
            assertThat(System.nanoTime()).as("time for %s", wanted).isLessThan(end);
            Thread.sleep(2);
        }
    }

    private static String path(int seed) {
        return "/v1/generate?notes=20&seed=" + seed;
    }

    private void learn(LiveServer live, int version) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            HttpResponse<byte[]> answer = live.json(path(seed));
            expected.put(seed + "/" + version % 2, RunningServer.json(answer).path("variations"));
        }
    }

    private void ask(LiveServer live, int first) {
        String lastHeard = "";
        for (int i = first; !over.get(); i++) {
            int seed = i % SEEDS;
            try {
                HttpResponse<byte[]> answer = live.json(path(seed));
                answers.incrementAndGet();
                if (answer.statusCode() != 200) {
                    failures.add(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
                    continue;
                }
                String model = RunningServer.header(answer, "x-model");
                JsonNode body = RunningServer.json(answer);
                int parity = VersionId.parse(model).version() % 2;
                if (!body.path("model").asText().equals(model)
                        || !body.path("variations").equals(expected.get(seed + "/" + parity))) {
                    failures.add("seed " + seed + " of " + model + " is " + body);
                }
                if (first == 0 && !model.equals(lastHeard)) {
                    versionsHeard.incrementAndGet();
                    lastHeard = model;
                }
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }
    }

    private static void delete(Path version) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(version)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(version);
    }

    /** 0 where the system does not say. */
    private static long residentKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        System.gc();
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
