package dev.cadenza.server.http;

import dev.cadenza.server.http.jetty.RequestId;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.yaml}. */
final class ContractHandler {
    private static final byte[] CONTRACT = read();

    private ContractHandler() {}

    private static byte[] read() {
        try (InputStream in = ContractHandler.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml belongs into the server's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void answer(Context ctx) {
        RequestId.of(ctx);
        ctx.header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .contentType("application/yaml")
                .result(CONTRACT);
    }
}
