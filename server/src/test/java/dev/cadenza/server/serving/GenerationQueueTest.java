package dev.cadenza.server.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.engine.StepEngine;
import dev.cadenza.engine.StepListener;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.request.QueryFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GenerationQueueTest {
    private static final VersionId HUNG = new VersionId("hung", 1);
    private static final VersionId GOOD = new VersionId("good", 1);

    private record Lease(VersionId id, Player model) implements ModelLease {
        @Override
        public String sha256() {
            return "ab".repeat(32);
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public void close() {}
    }

    /** Is never run: its answer comes from the test. */
    private record Answering(int rows, CompletableFuture<String> answer) implements StepTask<String> {
        @Override
        public Optional<StepInput> next() {
            throw new IllegalStateException("is not run");
        }

        @Override
        public void take(StepOutput output) {}

        @Override
        public String result() {
            return answer.join();
        }

        @Override
        public String progress() {
            return "";
        }
    }

    private static final Player ANSWERING = new Player() {
        @Override
        public ModelDescription description() {
            return new FakeStepModel(() -> {}).description();
        }

        @Override
        @SuppressWarnings("unchecked") // The tasks of this test.
        public <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
            return (CompletableFuture<A>) ((Answering) task).answer();
        }

        @Override
        public void close() {}
    };

    private static ModelRequest request() throws ProblemException {
        return new GenerateRequestReader(() -> 1).read(QueryFields.parse(""));
    }

    private static CompletableFuture<TimedResult<String>> submit(
            GenerationQueue queue, VersionId version, CompletableFuture<String> answer) throws ProblemException {
        Lease lease = new Lease(version, ANSWERING);
        return queue.submit(Client.unlimited("test"), request(), lease, new Answering(1, answer), () -> true);
    }

    @Test
    void aHungVersionHoldsItsOwnPlacesAlone() throws Exception {
        try (GenerationQueue queue = new GenerationQueue(2, 2)) {
            CompletableFuture<String> never = new CompletableFuture<>();
            CompletableFuture<TimedResult<String>> first = submit(queue, HUNG, never);
            CompletableFuture<TimedResult<String>> second = submit(queue, HUNG, never);
            CompletableFuture<TimedResult<String>> waiting = submit(queue, HUNG, never);
            CompletableFuture<TimedResult<String>> last = submit(queue, HUNG, never);
            assertThat(queue.streams()).isEqualTo(2);
            assertThat(queue.waiting()).isEqualTo(2);
            assertThatThrownBy(() -> submit(queue, HUNG, never))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS));
            for (int i = 0; i < 5; i++) {
                assertThat(submit(queue, GOOD, CompletableFuture.completedFuture("a piece"))
                                .get()
                                .answer())
                        .isEqualTo("a piece");
            }
            never.completeExceptionally(new IllegalStateException("over"));
            assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(second::get).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(last::get).isInstanceOf(ExecutionException.class);
            assertThat(queue.streams()).isZero();
        }
    }

    @Test
    void allVersionsTogetherHaveFourTimesThePlacesOfOne() throws Exception {
        try (GenerationQueue queue = new GenerationQueue(2, 9)) {
            CompletableFuture<String> open = new CompletableFuture<>();
            List<CompletableFuture<TimedResult<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                answers.add(submit(queue, new VersionId("piano", 1 + i / 2), open));
            }
            assertThat(queue.streams()).isEqualTo(8);
            assertThat(queue.waiting()).isEqualTo(1);
            open.complete("a piece");
            for (CompletableFuture<TimedResult<String>> answer : answers) {
                assertThat(answer.get().answer()).isEqualTo("a piece");
            }
        }
    }

    @Test
    void aRunThatDoesNotComeBackFreesItsPlaceAndIsToldAsUnavailable() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        StepModel model = new FakeStepModel(() -> {
            try {
                hung.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (GenerationQueue queue = new GenerationQueue(2, 2);
                StepEngine engine = new StepEngine(
                        "hung@1", model, StepEngine.ROWS, StepListener.NONE, Duration.ofMillis(200), () -> {})) {
            StepTask<Piece> work =
                    Generator.task(engine.description(), null, GenerationOptions.ofSeed(1), NoteListener.SILENT);
            CompletableFuture<?> answer =
                    queue.submit(Client.unlimited("test"), request(), new Lease(HUNG, engine), work, () -> true);
            assertThatThrownBy(answer::get).cause().isInstanceOfSatisfying(ProblemException.class, problem -> {
                assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
                assertThat(problem.detail()).startsWith("a run of hung@1 took longer than 0.2 s");
            });
            assertThat(queue.streams()).isZero();
            hung.countDown();
        }
    }
}
