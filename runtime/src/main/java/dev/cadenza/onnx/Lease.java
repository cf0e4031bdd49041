package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepOutput;
import java.util.concurrent.atomic.AtomicBoolean;

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
    public int noiseWidth() {
        return model.noiseWidth();
    }

    @Override
    public State start(int rows) {
        requireOpen();
        return model.start(rows);
    }

    @Override
    public StepOutput run(
            int steps, int rows, int[] note, int[] forced, float[] noise, float[] temperature, State state) {
        requireOpen();
        return model.run(steps, rows, note, forced, noise, temperature, state);
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
