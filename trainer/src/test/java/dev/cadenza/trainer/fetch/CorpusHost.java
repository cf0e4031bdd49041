package dev.cadenza.trainer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web server on the loopback that serves one file with ranges, and misbehaves on request. */
final class CorpusHost implements AutoCloseable {
    /** What one request asked for. */
    record Asked(
            String path, @Nullable String range, @Nullable String ifRange) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<HttpHandler> next = new ArrayDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile byte[] content;
    private volatile @Nullable String tag = "\"first\"";

    CorpusHost(byte[] content) {
        this.content = content;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/corpus.zip");
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    void publish(byte[] newContent, @Nullable String newTag) {
        content = newContent;
        tag = newTag;
    }

    /** The next request that has no other answer yet gets this one; after those, the file. */
    synchronized CorpusHost answer(HttpHandler handler) {
        next.add(handler);
        return this;
    }

    /** Answers properly but cuts the connection after so many bytes of the body. */
    HttpHandler cutAfter(int bytes) {
        return exchange -> serve(exchange, true, bytes, false);
    }

    /** Sends so many bytes of the body, then nothing, and keeps the connection open. */
    HttpHandler stallAfter(int bytes) {
        return exchange -> serve(exchange, true, bytes, true);
    }

    /** Sends all of the file whatever the range. */
    HttpHandler ignoringRanges() {
        return exchange -> serve(exchange, false, Integer.MAX_VALUE, false);
    }

    /** Answers with a status, headers as name, value, name, value, ... and a short text. */
    static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            if (status == 204) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            byte[] text = "sorry".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        };
    }

    /** Never answers at all. */
    HttpHandler silent() {
        return exchange -> awaitClosing();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("If-Range")));
        HttpHandler handler;
        synchronized (this) {
            handler = next.poll();
        }
        try (exchange) {
            if (handler == null) {
                serve(exchange, true, Integer.MAX_VALUE, false);
            } else {
                handler.handle(exchange);
            }
        }
    }

    private void serve(HttpExchange exchange, boolean ranges, int most, boolean stall) throws IOException {
        byte[] whole = content;
        String edition = tag;
        if (edition != null) {
            exchange.getResponseHeaders().set("ETag", edition);
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        int status = 200;
        if (ranges && range != null && (ifRange == null || Objects.equals(ifRange, edition))) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            if (from >= whole.length) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + whole.length);
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            status = 206;
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
        }
        exchange.sendResponseHeaders(status, whole.length - from);
        int to = (int) Math.min(whole.length, (long) from + most);
        exchange.getResponseBody().write(Arrays.copyOfRange(whole, from, to));
        exchange.getResponseBody().flush();
        if (stall) {
            awaitClosing();
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
