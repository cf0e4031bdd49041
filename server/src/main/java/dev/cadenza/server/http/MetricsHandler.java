package dev.cadenza.server.http;

import dev.cadenza.server.http.jetty.RequestId;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** {@code GET /metrics}. */
final class MetricsHandler {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private MetricsHandler() {}

    static void answer(Context ctx, Supplier<byte[]> metrics) {
        RequestId.of(ctx);
        ctx.header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(PROMETHEUS_TEXT)
                .result(metrics.get());
    }
}
