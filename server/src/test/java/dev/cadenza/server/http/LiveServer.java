package dev.cadenza.server.http;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.access.ExchangeListener;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.metrics.QueueGauges;
import dev.cadenza.server.metrics.ServerMetrics;
import dev.cadenza.server.serving.VersionLoader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server on free ports that follows a models folder, and a client for both its listeners. */
final class LiveServer implements AutoCloseable {
    final LiveCatalog catalog;
    final HttpServer server;
    final ServerMetrics metrics = new ServerMetrics();
    private final HttpClient client = HttpClient.newHttpClient();

    LiveServer(Path models, Duration poll, Optional<String> token, HttpLimits limits) throws Exception {
        this(models, poll, token, limits, ClientRules.OPEN, List.of());
    }

    /** One where another one was. */
    static LiveServer again(Path models, HttpLimits limits, int port) throws Exception {
        return new LiveServer(
                models, Duration.ofMillis(50), Optional.empty(), limits, ClientRules.OPEN, List.of(), port);
    }

    LiveServer(
            Path models,
            Duration poll,
            Optional<String> token,
            HttpLimits limits,
            ClientRules rules,
            List<ExchangeListener> listeners)
            throws Exception {
        this(models, poll, token, limits, rules, listeners, 0);
    }

    private LiveServer(
            Path models,
            Duration poll,
            Optional<String> token,
            HttpLimits limits,
            ClientRules rules,
            List<ExchangeListener> listeners,
            int port)
            throws Exception {
        catalog = LiveCatalog.open(
                new ModelRepository(models),
                VersionLoader.onnx(DeviceChoice.CPU, metrics),
                new CatalogSettings(null, poll, null, true));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<ExchangeListener> all = new ArrayList<>(listeners);
        all.add(metrics);
        server = HttpServer.start(
                new HttpSettings(
                        new Listening(address, anyPort, token.map(text -> () -> text)),
                        limits,
                        rules,
                        "1.2.3",
                        "4.5.6"),
                catalog,
                catalog,
                new Observers(all, metrics),
                Additions.of(catalog, metrics));
        metrics.watch(catalog, new QueueGauges(server::streams, server::waiting), "1.2.3", "4.5.6");
    }

    HttpResponse<byte[]> admin(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.adminPort() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Contract.check(client.send(request.build(), BodyHandlers.ofByteArray()));
    }

    HttpResponse<byte[]> get(String pathAndQuery) throws Exception {
        return get(pathAndQuery, "*/*");
    }

    /** Asks for JSON. */
    HttpResponse<byte[]> json(String pathAndQuery) throws Exception {
        return get(pathAndQuery, "application/json");
    }

    private HttpResponse<byte[]> get(String pathAndQuery, String accept) throws Exception {
        return send("GET", pathAndQuery, "Accept", accept);
    }

    /** Asks the public listener. */
    HttpResponse<byte[]> send(String method, String pathAndQuery, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + pathAndQuery))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Contract.check(client.send(request.build(), BodyHandlers.ofByteArray()));
    }

    /** Gives the public listener something. */
    HttpResponse<byte[]> post(String pathAndQuery, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + pathAndQuery))
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", type)
                .build();
        return Contract.check(client.send(request, BodyHandlers.ofByteArray()));
    }

    @Override
    public void close() {
        server.close();
        catalog.close();
    }
}
