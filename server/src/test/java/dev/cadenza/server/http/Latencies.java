package dev.cadenza.server.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.assertj.core.api.Assertions;

/**
 * How long a client waits: for health and for five notes on the public listener, for health and for an order on the admin
 * listener. Medians in milliseconds.
 */
record Latencies(double live, double generate, double adminLive, double order) {
    /** Within this everything is answered, however busy the machine is. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** 50 in the long form. */
    private static final int ROUNDS = Integer.getInteger("cadenza.slow.rounds", 3);

    /** Asks everything, round by round; fails if an answer does not come in time or is not as it should be. */
    static Latencies of(RunningServer server) throws Exception {
        URI open = URI.create("http://127.0.0.1:" + server.server.port());
        URI admin = URI.create("http://127.0.0.1:" + server.server.adminPort());
        return new Latencies(
                median(server, HttpRequest.newBuilder(open.resolve("/v2/health/live"))),
                median(server, HttpRequest.newBuilder(open.resolve("/v1/generate?notes=5&seed=1"))),
                median(server, HttpRequest.newBuilder(admin.resolve("/v2/health/live"))),
                median(
                        server,
                        HttpRequest.newBuilder(admin.resolve("/v2/repository/index"))
                                .POST(BodyPublishers.ofString("{}"))));
    }

    private static double median(RunningServer server, HttpRequest.Builder builder) throws Exception {
        HttpRequest request = builder.timeout(LONGEST).build();
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            Assertions.assertThat(server.client
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            millis[round] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    /** Says how much slower it is than before. */
    void print(String under, Latencies before) {
        System.out.printf(
                Locale.ROOT,
                "under %s: live %.1f ms (x%.2f), 5 notes %.1f ms (x%.2f), admin live %.1f ms (x%.2f), order %.1f ms (x%.2f)%n",
                under,
                live,
                live / before.live,
                generate,
                generate / before.generate,
                adminLive,
                adminLive / before.adminLive,
                order,
                order / before.order);
    }
}
