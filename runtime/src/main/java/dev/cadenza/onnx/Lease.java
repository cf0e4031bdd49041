package dev.cadenza.onnx;

import dev.cadenza.generation.Deadline;
import dev.cadenza.generation.StepBatch;
import dev.cadenza.generation.StepInput;
import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepOutput;
import dev.cadenza.generation.StepShape;
import dev.cadenza.generation.StepTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A step model that may be used until it is closed. */
final class Lease implements StepModel {
    private final StepModel model;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(StepModel model, Runnable release) {
        this.model = model;
        this.release = release;
    }

    @Override
    public String kind() {
        return model.kind();
    }

    @Override
    public int ticksPerSecond() {
        return model.ticksPerSecond();
    }

    @Override
    public StepShape shape() {
        return model.shape();
    }

    @Override
    public State start(int rows) {
        requireOpen();
        return model.start(rows);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        requireOpen();
        return model.run(input, state);
    }

    @Override
    public StepBatch batch(int rows) {
        requireOpen();
        return model.batch(rows);
    }

    @Override
    public <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
        requireOpen();
        return model.play(task, deadline, wanted);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the lease has been given back");
        }
    }
}
