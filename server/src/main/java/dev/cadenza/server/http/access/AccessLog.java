package dev.cadenza.server.http.access;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.server.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON object a line for each answer. Queries and bodies are not in it. Health and metrics that are as they should be
 * are left out: they are asked for every few seconds.
 */
public final class AccessLog implements ExchangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Lines lines;

    /** Where lines go. */
    private interface Lines extends AutoCloseable {
        void append(byte[] line) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    private AccessLog(Lines lines) {
        this.lines = lines;
    }

    /** Writes to a stream that stays open. */
    public static AccessLog to(OutputStream out) {
        return new AccessLog(line -> {
            out.write(line);
            out.flush();
        });
    }

    /** Appends to a file, which is made if it is not there, and made anew when it is rotated. */
    public static AccessLog to(Path file) throws IOException {
        LogFile log = LogFile.open(file, System::nanoTime);
        return new AccessLog(new Lines() {
            @Override
            public void append(byte[] line) {
                log.append(line);
            }

            @Override
            public void close() throws IOException {
                log.close();
            }
        });
    }

    @Override
    public void answered(Exchange exchange) {
        if (exchange.status() < 400
                && (exchange.route().startsWith("/v2/health/")
                        || exchange.route().equals("/metrics"))) {
            return;
        }
        byte[] line = (json(exchange) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            try {
                lines.append(line);
            } catch (IOException e) {
                LOG.debug("a line of the access log was lost", e);
            }
        }
    }

    public static ObjectNode json(Exchange exchange) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", exchange.time().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("request_id", exchange.requestId());
        line.put("listener", exchange.listener());
        line.put("remote", exchange.remote());
        line.put("client", exchange.client());
        line.put("method", ProblemException.quotable(exchange.method()));
        line.put("path", ProblemException.quotable(exchange.path()));
        line.put("status", exchange.status());
        line.put("bytes", exchange.bytes());
        line.put("duration_ms", millis(exchange.duration()));
        line.put("queue_ms", millis(exchange.queued()));
        line.put("play_ms", millis(exchange.played()));
        line.put("model", exchange.model());
        String agent = exchange.userAgent();
        line.put("user_agent", agent == null ? null : ProblemException.quotable(agent));
        return line;
    }

    private static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / 1e4) / 100.0;
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
