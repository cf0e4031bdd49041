package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.files.Sha256;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.server.http.access.ApiKeys;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.serving.FakeStepModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one client may take of the streams, and that it takes nothing from the others. */
@Timeout(120)
class StreamShareHttpTest {
    private static final int ROUNDS = Integer.getInteger("cadenza.share.rounds", 1);
    private static final String GREEDY = "Bearer of the greedy";
    private static final String MODEST = "Bearer of the modest";

    @TempDir
    private Path folder;

    private ClientRules keys(int share) throws IOException {
        ApiKeys keys = ApiKeys.read(Files.write(
                folder.resolve("keys"), List.of("greedy:" + hash("of the greedy"), "modest:" + hash("of the modest"))));
        return new ClientRules(() -> keys, null, false, Set.of(), share);
    }

    private static String hash(String key) {
        return Sha256.hex(key);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate was not opened in time");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<HttpResponse<byte[]>> ask(RunningServer server, String path, String... headers) {
        var request = server.request(path);
        return server.client.sendAsync(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> askAsModest(RunningServer server) throws Exception {
        return server.get("/v1/generate?notes=5&seed=1&timeout_ms=20000", "Authorization", MODEST);
    }

    /** Asks for a long stream and reads nothing of it but the status. */
    private static int openStream(RunningServer server, List<Socket> open) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
        socket.getOutputStream()
                .write(
                        ("GET /v1/generate?notes=10000 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: "
                                        + GREEDY + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        @Nullable
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        return Integer.parseInt(String.valueOf(line).split(" ", 3)[1]);
    }

    @Test
    void unreadStreamsOfOneClientDoNotDelayAnother() throws Exception {
        HttpLimits limits = RunningServer.limits(64, 256, Duration.ofSeconds(30), Duration.ofSeconds(1));
        // At this pace the greedy one's streams take half a minute.
        try (RunningServer server = new RunningServer(new FakeStepModel(() -> pause(3)), limits, keys(16))) {
            List<Socket> open = new ArrayList<>();
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    int begun = 0;
                    for (int i = 0; i < 64; i++) {
                        int status = openStream(server, open);
                        assertThat(status).isIn(200, 429);
                        begun += status == 200 ? 1 : 0;
                    }
                    assertThat(begun).isEqualTo(16);
                    assertThat(askAsModest(server).statusCode()).isEqualTo(200);
                    assertThat(server.server.streams())
                            .as("streams that still play")
                            .isEqualTo(16);
                    for (Socket socket : open) {
                        socket.close();
                    }
                    open.clear();
                    while (server.server.streams() > 0) {
                        pause(5);
                    }
                }
            } finally {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void variationsCountAndWhatEndsGivesItsPlaceBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        HttpLimits limits = RunningServer.limits(64, 256);
        try (RunningServer server = new RunningServer(new FakeStepModel(() -> await(gate)), limits, keys(4))) {
            String[] greedy = {"Authorization", GREEDY, "Accept", "application/json"};
            RunningServer.assertProblem(server.get("/v1/generate?notes=3&n=5", greedy), 400, "invalid_field");
            CompletableFuture<HttpResponse<byte[]>> three = ask(server, "/v1/generate?notes=3&n=3", greedy);
            while (server.server.streams() < 3) {
                pause(5);
            }
            HttpResponse<byte[]> tooMany = server.get("/v1/generate?notes=3&n=2", greedy);
            RunningServer.assertProblem(tooMany, 429, "too_many_streams");
            assertThat(Integer.parseInt(RunningServer.header(tooMany, "retry-after")))
                    .isBetween(1, 60);
            CompletableFuture<HttpResponse<byte[]>> one = ask(server, "/v1/generate?notes=3", greedy);
            while (server.server.streams() < 4) {
                pause(5);
            }
            RunningServer.assertProblem(server.get("/v1/generate?notes=3", greedy), 429, "too_many_streams");
            gate.countDown();
            assertThat(three.get().statusCode()).isEqualTo(200);
            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/generate?notes=3&n=4", greedy).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void clientsThatWaitAreTakenInTurns() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        HttpLimits limits = RunningServer.limits(1, 256);
        Order steps = new Order(new FakeStepModel(() -> await(gate)), new ArrayList<>());
        try (RunningServer server = new RunningServer(steps, limits, keys(16))) {
            List<CompletableFuture<HttpResponse<byte[]>>> greedy = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                greedy.add(ask(server, "/v1/generate?notes=100&seed=1", "Authorization", GREEDY));
                while (server.server.streams() + server.server.waiting() <= i) {
                    pause(5);
                }
            }
            CompletableFuture<HttpResponse<byte[]>> modest =
                    ask(server, "/v1/generate?notes=3&temperature=0.5", "Authorization", MODEST);
            while (server.server.waiting() < 10) {
                pause(5);
            }
            gate.countDown();
            assertThat(modest.get().statusCode()).isEqualTo(200);
            for (CompletableFuture<HttpResponse<byte[]>> piece : greedy) {
                assertThat(piece.get().statusCode()).isEqualTo(200);
            }
            assertThat(steps.temperatures()).hasSizeGreaterThan(900);
            assertThat(steps.temperatures().lastIndexOf(0.5f))
                    .as("steps before the modest one's last: of two pieces at most")
                    .isBetween(1, 250);
        }
    }

    /** Notes down the temperature of each step, by which a client is known. */
    private record Order(StepModel model, List<Float> temperatures) implements StepModel {
        @Override
        public ModelDescription description() {
            return model.description();
        }

        @Override
        public State start(int rows) {
            return model.start(rows);
        }

        @Override
        public StepOutput run(StepInput input, State state) {
            StepOutput output = model.run(input, state);
            temperatures.add(input.temperature()[0]);
            return output;
        }

        @Override
        public void close() {
            model.close();
        }
    }

    @Test
    void thisMachineHasNoShareUnlessAProxyForwards() throws Exception {
        for (boolean proxied : new boolean[] {false, true}) {
            CountDownLatch gate = new CountDownLatch(1);
            ClientRules rules = new ClientRules(null, null, proxied, Set.of(), 2);
            HttpLimits limits = RunningServer.limits(64, 256);
            try (RunningServer server = new RunningServer(new FakeStepModel(() -> await(gate)), limits, rules)) {
                List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    // Garbage does not make another client of it.
                    asked.add(ask(server, "/v1/generate?notes=3", "X-Forwarded-For", "garbage " + i));
                    while (asked.stream().noneMatch(CompletableFuture::isDone) && server.server.streams() <= i) {
                        pause(5);
                    }
                }
                CompletableFuture<HttpResponse<byte[]>> other =
                        ask(server, "/v1/generate?notes=3", "X-Forwarded-For", "203.0.113.7:99");
                while (server.server.streams() < (proxied ? 3 : 4)) {
                    pause(5);
                }
                gate.countDown();
                assertThat(other.get().statusCode()).isEqualTo(200);
                for (int i = 0; i < 3; i++) {
                    assertThat(asked.get(i).get().statusCode()).isEqualTo(proxied && i == 2 ? 429 : 200);
                }
            }
        }
    }
}
