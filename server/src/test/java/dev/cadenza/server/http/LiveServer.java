package dev.cadenza.server.http;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.onnx.DeviceChoice;
import dev.cadenza.server.catalog.LiveCatalog;
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
import java.util.Optional;

/** A server on free ports that follows a models folder, and a client for both its listeners. */
final class LiveServer implements AutoCloseable {
    final LiveCatalog catalog;
    final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    LiveServer(Path models, Duration poll, Optional<String> token, HttpLimits limits) throws Exception {
        catalog = LiveCatalog.open(
                new ModelRepository(models),
                VersionLoader.onnx(DeviceChoice.CPU),
                new LiveCatalog.Settings(null, poll, null, true));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(new Listening(anyPort, anyPort, token), catalog, catalog, limits, "1.2.3", "4.5.6");
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
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String pathAndQuery) throws Exception {
        return get(pathAndQuery, "*/*");
    }

    /** Asks for JSON. */
    HttpResponse<byte[]> json(String pathAndQuery) throws Exception {
        return get(pathAndQuery, "application/json");
    }

    private HttpResponse<byte[]> get(String pathAndQuery, String accept) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + pathAndQuery))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.close();
        catalog.close();
    }
}
