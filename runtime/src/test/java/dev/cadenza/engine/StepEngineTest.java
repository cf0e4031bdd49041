package dev.cadenza.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.Scoring;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepEngineTest {
    private static final int CAPACITY = 8;

    private final RecordingModel model = new RecordingModel();
    private final StepEngine engine = new StepEngine("test", model, CAPACITY, StepListener.NONE);

    @AfterEach
    void nothingIsLeft() {
        engine.close();
        assertThat(model.open).as("states").hasValue(0);
        assertThat(model.openBatches).as("batches").hasValue(0);
    }

    @Test
    void aCrowdPlaysWhatEachWouldPlayAlone() throws Exception {
        List<CompletableFuture<Piece>> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crowd.add(play(task(i, 20 + i, 1 + i % 3, i % 5 == 0 ? prompt(1 + 30 * i) : null)));
        }
        for (int i = 0; i < crowd.size(); i++) {
            RecordingModel alone = new RecordingModel();
            Piece expected = task(alone, i, 20 + i, 1 + i % 3, i % 5 == 0 ? prompt(1 + 30 * i) : null)
                    .playOn(alone, Deadline.NONE, () -> true);
            assertThat(crowd.get(i).get().variations()).isEqualTo(expected.variations());
        }
        assertThat(model.runs)
                .contains("b8")
                .noneMatch(run -> run.startsWith("b") && Integer.parseInt(run.substring(1)) > 8);
    }

    @Test
    void chunksOfAPromptTakeTurnsWithThoseWhoPlay() throws Exception {
        Semaphore runs = new Semaphore(0);
        model.before = runs::acquireUninterruptibly;
        CompletableFuture<Piece> playing = play(task(1, 6, 1, null));
        runs.release();
        await(() -> model.runs.size() == 2);
        CompletableFuture<Piece> first = play(task(2, 1, 1, prompt(130)));
        CompletableFuture<Piece> second = play(task(3, 1, 1, prompt(70)));
        runs.release(1000);
        playing.get();
        first.get();
        second.get();
        // The task that plays has a step after every chunk, of either prompt.
        assertThat(model.runs)
                .containsExactly("b1", "b1", "64x1", "b1", "64x1", "b1", "64x1", "b1", "6x1", "b2", "2x1", "b1");
    }

    @Test
    void aDeadlineAndWhoGoesAwayEndAPassageAtItsNextStep() throws Exception {
        AtomicBoolean wanted = new AtomicBoolean(true);
        AtomicInteger notes = new AtomicInteger();
        CompletableFuture<Piece> left = engine.play(
                Generator.task(model.description(), null, options(1, 1000, 1), note -> {
                    wanted.set(notes.incrementAndGet() < 5);
                    return true;
                }),
                Deadline.NONE,
                wanted::get);
        assertThatThrownBy(left::get).isInstanceOf(CancellationException.class).hasMessageContaining("5 new notes");
        assertThat(notes).hasValue(5);

        model.before = () -> sleep(2);
        CompletableFuture<Piece> late =
                engine.play(task(1, 10_000, 1, null), Deadline.after(Duration.ofMillis(50)), () -> true);
        assertThatThrownBy(late::get).hasCauseInstanceOf(TimeoutException.class).hasMessageContaining("new notes");
        CompletableFuture<?> lateReader = engine.play(
                Scoring.task(model.description(), prompt(10_000).score()),
                Deadline.after(Duration.ofMillis(50)),
                () -> true);
        assertThatThrownBy(lateReader::get)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("at note");
    }

    @Test
    void whoFailsFailsAlone() throws Exception {
        CompletableFuture<Piece> good = play(task(1, 300, 1, null));
        CompletableFuture<Piece> bad = engine.play(
                Generator.task(model.description(), null, options(2, 300, 1), note -> {
                    throw new IllegalStateException("a listener's own fault");
                }),
                Deadline.NONE,
                () -> true);
        assertThatThrownBy(bad::get).hasRootCauseMessage("a listener's own fault");
        assertThat(good.get().variations().get(0).notes().size()).isEqualTo(300);
    }

    @Test
    void aRunThatFailsEndsWhoWasInItAndNobodyElse() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        model.before = () -> {
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("the run failed");
            }
        };
        CompletableFuture<Piece> bad = play(task(1, 5, 1, null));
        assertThatThrownBy(bad::get).hasRootCauseMessage("the run failed");
        assertThat(play(task(1, 5, 1, null)).get().variations()).hasSize(1);
    }

    @Test
    void closingEndsWhatPlaysAndWaitsUntilTheModelIsFree() throws Exception {
        CountDownLatch inStep = new CountDownLatch(1);
        model.before = () -> {
            inStep.countDown();
            sleep(50);
        };
        CompletableFuture<Piece> playing = play(task(1, 10_000, 1, null));
        inStep.await();
        AtomicInteger then = new AtomicInteger();
        engine.close(then::incrementAndGet);
        assertThat(then).hasValue(1);
        assertThatThrownBy(playing::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(play(task(1, 1, 1, null))::get).isInstanceOf(CancellationException.class);
        engine.close(then::incrementAndGet);
        assertThat(then).hasValue(1);
    }

    @Test
    void aRunThatDoesNotComeBackFailsEverybodyAndTheEngineTakesNothingMore() throws Exception {
        CountDownLatch inRun = new CountDownLatch(1);
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        model.before = () -> {
            inRun.countDown();
            awaitQuietly(hung);
        };
        StepEngine limited =
                new StepEngine("stuck", model, CAPACITY, StepListener.NONE, Duration.ofMillis(200), told::countDown);
        CompletableFuture<Piece> playing = limited.play(task(1, 5, 1, null), Deadline.NONE, () -> true);
        inRun.await();
        CompletableFuture<Piece> waiting = limited.play(task(2, 5, 1, null), Deadline.NONE, () -> true);
        for (CompletableFuture<Piece> failed : List.of(playing, waiting)) {
            assertThatThrownBy(failed::get)
                    .hasCauseInstanceOf(RunOverdueException.class)
                    .hasMessageContaining("a run of stuck took longer than 0.2 s");
        }
        told.await();
        assertThatThrownBy(limited.play(task(3, 5, 1, null), Deadline.NONE, () -> true)::get)
                .hasCauseInstanceOf(RunOverdueException.class);
        limited.close(freed::countDown);
        assertThat(freed.getCount()).as("the run still uses the model").isEqualTo(1);
        hung.countDown();
        freed.await();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoeverIsLastMayCloseFromTheEnginesThread() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);
        CompletableFuture<Void> closing = play(task(1, 3, 1, null)).thenRun(() -> engine.close(freed::countDown));
        closing.get();
        assertThat(freed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEngineThatNeverPlayedHasNoThread() {
        AtomicInteger then = new AtomicInteger();
        engine.close(then::incrementAndGet);
        assertThat(then).hasValue(1);
        assertThat(model.runs).isEmpty();
    }

    @Test
    void moreRowsThanARunTakesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> play(task(1, 1, 9, null)))
                .withMessageContaining("9 rows");
    }

    @Test
    void aListenerHearsOfEveryRun() throws Exception {
        List<String> heard = new ArrayList<>();
        try (StepEngine listened = new StepEngine(
                "listened", model, 4, (rows, steps, nanos) -> heard.add(steps + "x" + rows + (nanos > 0 ? "" : "!")))) {
            listened.play(task(1, 2, 3, prompt(70)), Deadline.NONE, () -> true).get();
        }
        assertThat(heard).containsExactly("64x1", "6x1", "1x3", "1x3");
    }

    private CompletableFuture<Piece> play(StepTask<Piece> task) {
        return engine.play(task, Deadline.NONE, () -> true);
    }

    private StepTask<Piece> task(long seed, int notes, int variations, @Nullable Prompt prompt) {
        return task(model, seed, notes, variations, prompt);
    }

    private static StepTask<Piece> task(
            RecordingModel model, long seed, int notes, int variations, @Nullable Prompt prompt) {
        return Generator.task(model.description(), prompt, options(seed, notes, variations), NoteListener.SILENT);
    }

    private static GenerationOptions options(long seed, int notes, int variations) {
        return GenerationOptions.ofSeed(seed)
                .withLength(new Length.Notes(notes))
                .withVariations(variations);
    }

    private static Prompt prompt(int notes) {
        List<Note> all = new ArrayList<>();
        for (int i = 0; i < notes; i++) {
            all.add(new Note(0, 40 + i % 40, 64, 100L * i, 50));
        }
        return new Prompt(Score.of(TempoMap.constant(480, 500_000), all));
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            sleep(1);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
