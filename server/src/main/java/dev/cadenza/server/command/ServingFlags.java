package dev.cadenza.server.command;

import dev.cadenza.console.ByteSize;
import dev.cadenza.server.http.access.AccessLog;
import dev.cadenza.server.http.access.ApiKeys;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.access.Rate;
import dev.cadenza.server.http.jetty.HttpLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What strangers may ask of the server, and what is written down about it. */
final class ServingFlags {
    private static final int LARGEST_BODY = 64 << 20;
    private static final int MOST_STREAMS = 4096;
    private static final double LONGEST_SECONDS = 3600;
    private static final String OFF = "off";
    private static final String STANDARD_ERROR = "-";

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "64",
            description = "Concurrent streams of one version, 1.." + MOST_STREAMS
                    + "; all versions together may have four times as many. Default: ${DEFAULT-VALUE}")
    private int streams;

    @Option(
            names = "--waiting",
            paramLabel = "N",
            defaultValue = "256",
            description = "Requests that may wait in the queue, 1.." + MOST_STREAMS + "; more are answered 429. "
                    + "Default: ${DEFAULT-VALUE}")
    private int waiting;

    @Option(
            names = "--streams-per-client",
            paramLabel = "N",
            defaultValue = "" + ClientRules.STREAMS_PER_CLIENT,
            description =
                    "Running and waiting streams of one client, 1.." + MOST_STREAMS + "; more are answered 429. A "
                            + "client is an API key, else an address; this machine has no such limit unless "
                            + "--trust-forwarded-for is given. Default: ${DEFAULT-VALUE}")
    private int streamsPerClient;

    @Option(
            names = "--body-bytes",
            paramLabel = "N",
            defaultValue = "1048576",
            description = "Largest body of a request in bytes, up to 64 MiB. Default: ${DEFAULT-VALUE} (1 MiB)")
    private int bodyBytes;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long a connection may stay silent. Default: ${DEFAULT-VALUE}")
    private double idle;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Interval of heartbeats in a silent event stream. Default: ${DEFAULT-VALUE}")
    private double heartbeat;

    @Option(
            names = "--stop-timeout",
            paramLabel = "SECONDS",
            defaultValue = "25",
            description = "How long running requests may still take when the server stops. Default: ${DEFAULT-VALUE}")
    private double stop;

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description = "API keys, one per line: name:sha256[:requests per minute[:burst]]. Then /v1 needs a key. "
                    + "The file is read again when it changes.")
    private @Nullable Path apiKeys;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests per minute of an address without a key; an IPv6 /64 counts as one address. "
                    + "Default: unlimited")
    private @Nullable Double rate;

    @Option(
            names = "--trust-forwarded-for",
            description = "Behind your own proxy: take the last address in X-Forwarded-For as the client's.")
    private boolean trustForwardedFor;

    @Option(
            names = "--cors",
            paramLabel = "ORIGIN",
            split = ",",
            description = "Pages of this origin may use the API in a browser, such as https://example.org; * for all. "
                    + "Default: none")
    private List<String> cors = List.of();

    @Option(
            names = "--access-log",
            paramLabel = "FILE|-|off",
            defaultValue = OFF,
            description =
                    "One JSON line for each answer: to a file, or to standard error (-). Default: ${DEFAULT-VALUE}")
    private String accessLog = OFF;

    HttpLimits limits(CommandLine command) {
        if (bodyBytes < 1 || bodyBytes > LARGEST_BODY) {
            throw new ParameterException(
                    command,
                    "--body-bytes (" + bodyBytes + ") must be 1.." + LARGEST_BODY + ", which is "
                            + ByteSize.of(LARGEST_BODY));
        }
        require(command, "--streams", streams, 1, MOST_STREAMS);
        require(command, "--waiting", waiting, 1, MOST_STREAMS);
        return new HttpLimits(
                bodyBytes,
                streams,
                waiting,
                seconds(command, "--idle", idle),
                seconds(command, "--heartbeat", heartbeat),
                seconds(command, "--stop-timeout", stop));
    }

    private static void require(CommandLine command, String flag, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(command, flag + " (" + value + ") must be " + min + ".." + max);
        }
    }

    private static Duration seconds(CommandLine command, String flag, double value) {
        if (!(value >= 0.1 && value <= LONGEST_SECONDS)) {
            throw new ParameterException(command, flag + " (" + value + ") must be 0.1..3600 seconds");
        }
        return Duration.ofMillis(Math.round(value * 1000));
    }

    ClientRules rules(CommandLine command) throws StartException {
        Set<String> origins = new LinkedHashSet<>();
        for (String origin : cors) {
            if (!origin.equals("*") && !origin.matches("https?://[A-Za-z0-9.\\[\\]:-]{1,200}")) {
                throw new ParameterException(
                        command, "--cors (" + origin + ") must be an origin, such as https://example.org, or *");
            }
            origins.add(origin);
        }
        require(command, "--streams-per-client", streamsPerClient, 1, MOST_STREAMS);
        return new ClientRules(keys(), rate(command), trustForwardedFor, Set.copyOf(origins), streamsPerClient);
    }

    private @Nullable WatchedFile<ApiKeys> keys() throws StartException {
        return apiKeys == null ? null : WatchedFile.open("--api-keys", apiKeys, ApiKeys::read, System::nanoTime);
    }

    private @Nullable Rate rate(CommandLine command) {
        if (rate == null) {
            return null;
        }
        try {
            return Rate.perMinute(rate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--rate: " + e.getMessage(), e);
        }
    }

    /** Empty if there is to be none. */
    Optional<AccessLog> accessLog() throws StartException {
        if (accessLog.equals(OFF)) {
            return Optional.empty();
        }
        if (accessLog.equals(STANDARD_ERROR)) {
            return Optional.of(AccessLog.to(System.err));
        }
        try {
            return Optional.of(AccessLog.to(Path.of(accessLog)));
        } catch (IOException e) {
            throw new StartException("--access-log " + accessLog + " cannot be written", e);
        }
    }
}
