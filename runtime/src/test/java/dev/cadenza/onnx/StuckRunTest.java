package dev.cadenza.onnx;

import static dev.cadenza.graph.OnnxBytes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.engine.RunOverdueException;
import dev.cadenza.engine.StepListener;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.graph.OnnxBytes;
import dev.cadenza.model.TestModels;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.onnx.device.Device;
import dev.cadenza.onnx.device.EngineException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Graphs in ONNX Runtime whose runs do not end, past the check that would have refused them. */
@Timeout(120)
class StuckRunTest {
    private static final int FLOAT = 1;
    private static final int BOOL = 9;

    /** {@code x [1]} in, {@code y [1]} out, after 2^63 turns. */
    static byte[] endless() {
        OnnxBytes body = new OnnxBytes()
                .nodes(node("Identity", "condition", "go_on"), node("Sin", "carried", "changed"))
                .text(2, "body")
                .declared(11, "turn", 7, "-")
                .declared(11, "condition", BOOL, "-")
                .declared(11, "carried", FLOAT, "1")
                .declared(12, "go_on", BOOL, "-")
                .declared(12, "changed", FLOAT, "1");
        return OnnxBytes.model(new OnnxBytes()
                .nodes(node("Loop", "ever yes x", "y").graph("body", body))
                .text(2, "endless")
                .longs("ever", true, Long.MAX_VALUE)
                .constant("yes", BOOL, new byte[] {1})
                .declared(11, "x", FLOAT, "1")
                .declared(12, "y", FLOAT, "1"));
    }

    @Test
    void aRunIsEndedBetweenTwoTurnsOfALoop() throws Exception {
        try (GraphSession graph = GraphSession.open(endless());
                OnnxTensor x = StepBuffers.tensor(FloatBuffer.allocate(1), 1);
                OnnxTensor y = StepBuffers.tensor(StepBuffers.floats(1), 1)) {
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
                running.countDown();
                run(graph, x, y);
            });
            running.await();
            Thread.sleep(200);
            assertThat(run).isNotDone();
            graph.terminate();
            assertThatThrownBy(run::get).hasRootCauseInstanceOf(OrtException.class);
            assertThatThrownBy(() -> run(graph, x, y)).as("for ever").hasRootCauseInstanceOf(OrtException.class);
        }
    }

    private static void run(GraphSession graph, OnnxTensor x, OnnxTensor y) {
        try {
            graph.run(Map.of("x", x), Map.of("y", y));
        } catch (OrtException e) {
            throw new EngineException("it ended", e);
        }
    }

    @Test
    void aVersionOfWhichARunIsOverdueIsLentNoMoreAndFreedWhenTheRunIsOver() throws Exception {
        VerifiedVersion tiny = TestModels.tiny();
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch noticed = new CountDownLatch(1);
        GraphSession graph = GraphSession.open(tiny.model());
        StepModel model = new Stuck(new PaperKind().model(graph, tiny.manifest()), hung);
        LoadedVersion version =
                new LoadedVersion(tiny, Device.CPU, "", graph, model, StepListener.NONE, Duration.ofMillis(200));
        version.whenFailed(noticed::countDown);
        Player lease = version.lease().orElseThrow();
        CompletableFuture<?> piece = lease.play(
                Generator.task(lease.description(), null, GenerationOptions.ofSeed(1), NoteListener.SILENT),
                Deadline.NONE,
                () -> true);
        assertThatThrownBy(piece::get).hasCauseInstanceOf(RunOverdueException.class);
        noticed.await();
        assertThat(version.failure()).contains("a run took longer than 0.2 s");
        assertThat(version.lease()).isEmpty();
        version.close();
        lease.close();
        assertThat(version.isReleased()).isFalse();
        hung.countDown();
        while (!version.isReleased()) {
            Thread.sleep(5);
        }
    }

    /** Does not run before it is let go. */
    private record Stuck(StepModel model, CountDownLatch hung) implements StepModel {
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
            return model.run(input, state);
        }

        @Override
        public StepBatch batch(int rows) {
            StepBatch batch = model.batch(rows);
            return new StepBatch() {
                @Override
                public int capacity() {
                    return batch.capacity();
                }

                @Override
                public java.util.List<StepOutput> run(java.util.List<StepInput> inputs, java.util.List<State> states) {
                    try {
                        hung.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return batch.run(inputs, states);
                }

                @Override
                public void close() {
                    batch.close();
                }
            };
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
