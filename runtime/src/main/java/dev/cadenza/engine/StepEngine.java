package dev.cadenza.engine;

import dev.cadenza.generation.Deadline;
import dev.cadenza.generation.Passage;
import dev.cadenza.generation.StepBatch;
import dev.cadenza.generation.StepInput;
import dev.cadenza.generation.StepModel;
import dev.cadenza.generation.StepOutput;
import dev.cadenza.generation.StepShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A model with a thread of its own that steps everything played on it as one batch. Passages join and leave between
 * steps. A chunk of given notes runs alone, one between two steps, so that nobody waits longer than for that. The thread
 * begins with the first passage and sleeps while there is none.
 *
 * <p>Safe for use from many threads.
 */
public final class StepEngine implements StepModel {
    /** Rows of one run: from there on a batch takes about as much longer as it has more rows. */
    public static final int ROWS = 64;

    private static final System.Logger LOG = System.getLogger(StepEngine.class.getName());
    private static final long LONGEST_CLOSE_MILLIS = 10_000;

    private final String name;
    private final StepModel model;
    private final StepListener listener;
    private final int rows;
    private final Object lock = new Object();
    private final Deque<Voice<?>> arrivals = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean closed;
    private Runnable afterwards = () -> {};

    /**
     * A model's engine.
     *
     * @param name for its thread
     * @param model stays its maker's; it must be open until the engine has been closed
     * @param rows the most of one run, at least 1
     */
    public StepEngine(String name, StepModel model, int rows, StepListener listener) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        this.name = name;
        this.model = model;
        this.rows = rows;
        this.listener = listener;
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
    public State start(int stateRows) {
        return model.start(stateRows);
    }

    @Override
    public StepOutput run(StepInput input, State state) {
        return model.run(input, state);
    }

    @Override
    public StepBatch batch(int batchRows) {
        return model.batch(batchRows);
    }

    @Override
    public <A> CompletableFuture<A> play(Passage<A> passage, Deadline deadline, BooleanSupplier wanted) {
        if (passage.rows() > rows) {
            throw new IllegalArgumentException("a passage of " + passage.rows() + " rows, a run has at most " + rows);
        }
        Voice<A> voice = new Voice<>(passage, deadline, wanted);
        synchronized (lock) {
            if (!closed) {
                arrivals.add(voice);
                lock.notifyAll();
                if (thread == null) {
                    thread = new Thread(this::loop, "cadenza-steps-" + name);
                    thread.setDaemon(true);
                    thread.start();
                }
                return voice.answer();
            }
        }
        voice.fail(new CancellationException("the model is closed"));
        return voice.answer();
    }

    /** Ends what is playing before its next step. When this returns, the model is not in use any more. */
    @Override
    public void close() {
        close(() -> {});
    }

    /**
     * The same; what is to happen to the model then may be given here. From the engine's own thread, as when the last
     * passage lets go of its model, this returns at once.
     *
     * @param then runs once, as soon as the model is not in use any more; on the first call only
     */
    public void close(Runnable then) {
        Thread stepping;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            afterwards = then;
            stepping = thread;
            lock.notifyAll();
        }
        if (stepping == null) {
            then.run();
        } else if (stepping != Thread.currentThread()) {
            try {
                stepping.join(LONGEST_CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop() {
        List<Voice<?>> voices = new ArrayList<>();
        Throwable end = new CancellationException("the model is closed");
        try (StepBatch batch = model.batch(rows)) {
            while (admit(voices)) {
                voices.removeIf(voice -> !voice.goesOn());
                hearChunk(voices);
                step(batch, voices);
            }
        } catch (RuntimeException | Error e) {
            end = e;
        } finally {
            Runnable then;
            synchronized (lock) {
                closed = true;
                voices.addAll(arrivals);
                arrivals.clear();
                then = afterwards;
            }
            for (Voice<?> voice : voices) {
                voice.fail(end);
            }
            then.run();
        }
    }

    /** Lets in whoever waits, and waits for somebody if nothing is playing. Returns false when all is over. */
    private boolean admit(List<Voice<?>> voices) {
        List<Voice<?>> arrived;
        synchronized (lock) {
            while (!closed && arrivals.isEmpty() && voices.isEmpty()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    LOG.log(System.Logger.Level.DEBUG, "only close() ends this thread", e);
                }
            }
            if (closed) {
                return false;
            }
            arrived = List.copyOf(arrivals);
            arrivals.clear();
        }
        for (Voice<?> voice : arrived) {
            if (voice.enter(model)) {
                voices.add(voice);
            }
        }
        return true;
    }

    /** Runs one chunk of given notes, of whoever has waited longest for that. */
    private void hearChunk(List<Voice<?>> voices) {
        Optional<Voice<?>> first = voices.stream()
                .filter(voice -> voice.input().steps() > 1)
                .<Voice<?>>map(voice -> voice)
                .findFirst();
        if (first.isPresent()) {
            voices.remove(first.get());
            if (hear(first.get())) {
                voices.add(first.get());
            }
        }
    }

    private boolean hear(Voice<?> voice) {
        StepOutput output;
        try {
            long start = System.nanoTime();
            output = model.run(voice.input(), voice.state());
            listener.ran(voice.rows(), voice.input().steps(), System.nanoTime() - start);
        } catch (RuntimeException | Error e) {
            voice.fail(e);
            return false;
        }
        return voice.take(model, output);
    }

    /** Runs one step of everything that plays, in as few batches as it fits into. */
    private void step(StepBatch batch, List<Voice<?>> voices) {
        List<Voice<?>> playing =
                voices.stream().filter(voice -> voice.input().steps() == 1).toList();
        for (int from = 0, to; from < playing.size(); from = to) {
            int filled = playing.get(from).rows();
            for (to = from + 1; to < playing.size() && filled + playing.get(to).rows() <= batch.capacity(); to++) {
                filled += playing.get(to).rows();
            }
            run(batch, playing.subList(from, to), filled, voices);
        }
    }

    private void run(StepBatch batch, List<Voice<?>> together, int filled, List<Voice<?>> voices) {
        List<StepOutput> outputs;
        try {
            long start = System.nanoTime();
            outputs = batch.run(
                    together.stream().map(Voice::input).toList(),
                    together.stream().map(Voice::state).toList());
            listener.ran(filled, 1, System.nanoTime() - start);
        } catch (RuntimeException | Error e) {
            voices.removeAll(together);
            together.forEach(voice -> voice.fail(e));
            return;
        }
        for (int i = 0; i < together.size(); i++) {
            if (!together.get(i).take(model, outputs.get(i))) {
                voices.remove(together.get(i));
            }
        }
    }
}
