package dev.cadenza.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of this very build in a process of its own, on free ports. */
final class ChildServer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("'(http://[^/']+)/v1/generate");
    private static final Pattern ADMIN = Pattern.compile("Health: (http://[^/]+)/");

    private final Process process;
    private final String address;
    private final String admin;
    private final Duration start;

    private ChildServer(Process process, String address, String admin, Duration start) {
        this.process = process;
        this.address = address;
        this.admin = admin;
        this.start = start;
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @throws IOException if it does not start
     */
    static ChildServer start(Path models, String defaultModel) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the launcher started this process.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.cadenza.server.command.ServerMain"));
        command.addAll(List.of("--models", models.toString(), "--default-model", defaultModel));
        command.addAll(List.of("--port", "0", "--admin-port", "0", "--device", "cpu"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder banner = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            banner.append(line).append('\n');
            Matcher admin = ADMIN.matcher(line);
            if (admin.find()) {
                Matcher address = ADDRESS.matcher(banner);
                if (address.find()) {
                    Duration start = Duration.ofNanos(System.nanoTime() - began);
                    return new ChildServer(process, address.group(1), admin.group(1), start);
                }
            }
        }
        process.destroyForcibly();
        throw new IOException("the server did not start: " + banner);
    }

    /** Of the public listener, {@code http://host:port}. */
    String address() {
        return address;
    }

    /** Of the admin listener. */
    String admin() {
        return admin;
    }

    /** From the start of the process until it was ready. */
    Duration startToReady() {
        return start;
    }

    /** Processor time so far; 0 where the system does not report it. */
    long cpuNanos() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    /** Resident memory in MB, where the system has /proc; else NaN. */
    double residentMegabytes() {
        try {
            for (String line : java.nio.file.Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
