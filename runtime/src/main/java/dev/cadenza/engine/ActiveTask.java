package dev.cadenza.engine;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepTask;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A task among those that an engine plays, with the state of its rows. Everything but {@link #answer} belongs to the
 * engine's thread.
 *
 * <p>A task that fails, fails alone.
 */
final class ActiveTask<A> {
    private final StepTask<A> task;
    private final Deadline deadline;
    private final BooleanSupplier wanted;
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private StepModel.@Nullable State state;
    private @Nullable StepInput input;

    ActiveTask(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
        this.task = task;
        this.deadline = deadline;
        this.wanted = wanted;
    }

    CompletableFuture<A> answer() {
        return answer;
    }

    /** Of the next run. */
    int rows() {
        return input().rows();
    }

    /** Gets ready for the first run. Returns whether there is one. */
    boolean enter(StepModel model) {
        try {
            task.requireGoingOn(deadline, wanted);
            return prepare(model);
        } catch (TimeoutException | RuntimeException | Error e) {
            fail(e);
            return false;
        }
    }

    /** Whether the next run can go ahead; if not, the answer has been given. */
    boolean goesOn() {
        try {
            task.requireGoingOn(deadline, wanted);
            return true;
        } catch (TimeoutException | RuntimeException | Error e) {
            fail(e);
            return false;
        }
    }

    StepInput input() {
        return required(input);
    }

    StepModel.State state() {
        return required(state);
    }

    /** Takes what a run answered and prepares the next. Returns whether there is one. */
    boolean take(StepModel model, StepOutput output) {
        try {
            task.take(output);
            return prepare(model);
        } catch (RuntimeException | Error e) {
            fail(e);
            return false;
        }
    }

    private boolean prepare(StepModel model) {
        Optional<StepInput> next = task.next();
        input = next.orElse(null);
        if (next.isPresent()) {
            state = StepTask.fitting(model, state, next.get());
            return true;
        }
        A result = task.result();
        leave();
        answer.complete(result);
        return false;
    }

    void fail(Throwable failure) {
        leave();
        answer.completeExceptionally(failure);
    }

    private void leave() {
        input = null;
        if (state != null) {
            state.close();
            state = null;
        }
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the task has not begun, or is over");
        }
        return value;
    }
}
