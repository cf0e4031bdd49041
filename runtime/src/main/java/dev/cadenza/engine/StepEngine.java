package dev.cadenza.engine;

import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A model with a thread of its own that steps everything played on it as one batch. Tasks join and leave between
 * steps. A chunk of given notes runs alone, one between two steps, so that no task waits longer than that. The thread
 * begins with the first task and sleeps while there is none.
 *
 * <p>A run that does not come back within a limit fails everything that plays or is to play here, and the engine takes
 * nothing more; its thread is left to the run.
 *
 * <p>Safe for use from many threads.
 */
public final class StepEngine implements Player {
    /** Rows of one run: from there on a batch takes about as much longer as it has more rows. */
    public static final int ROWS = 64;

    /** How long a run may take; runs take milliseconds. */
    public static final Duration LONGEST_RUN = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(StepEngine.class.getName());
    private static final long LONGEST_CLOSE_MILLIS = 10_000;

    private final String name;
    private final StepModel model;
    private final StepListener listener;
    private final int rows;
    private final Object lock = new Object();
    private final Deque<ActiveTask<?>> arrivals = new ArrayDeque<>();
    private final Set<ActiveTask<?>> present = ConcurrentHashMap.newKeySet();
    private final RunWatch watch;
    private final Runnable overdue;
    private @Nullable Thread thread;
    /** Nothing more is taken. */
    private boolean closed;

    private boolean closing;
    /** The thread uses the model no more. */
    private boolean ended;

    private @Nullable RunOverdueException failure;
    private Runnable afterwards = () -> {};

    /**
     * A model's engine.
     *
     * @param name for its thread
     * @param model stays its maker's; it must be open until the engine has been closed
     * @param rows the most of one run, at least 1
     */
    public StepEngine(String name, StepModel model, int rows, StepListener listener) {
        this(name, model, rows, listener, LONGEST_RUN, () -> {});
    }

    /**
     * The same with a limit of its own.
     *
     * @param longestRun how long a run may take
     * @param overdue called once, when a run took longer and all tasks have failed
     */
    public StepEngine(
            String name, StepModel model, int rows, StepListener listener, Duration longestRun, Runnable overdue) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows (" + rows + ") must be at least 1");
        }
        this.name = name;
        this.model = model;
        this.rows = rows;
        this.listener = listener;
        this.watch = new RunWatch(longestRun);
        this.overdue = overdue;
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public <A> CompletableFuture<A> play(StepTask<A> task, Deadline deadline, BooleanSupplier wanted) {
        if (task.rows() > rows) {
            throw new IllegalArgumentException("a task of " + task.rows() + " rows, a run has at most " + rows);
        }
        ActiveTask<A> active = new ActiveTask<>(task, deadline, wanted);
        RuntimeException refusal;
        synchronized (lock) {
            if (!closed) {
                arrivals.add(active);
                present.add(active);
                var unused = active.answer().whenComplete((answer, failed) -> present.remove(active));
                lock.notifyAll();
                if (thread == null) {
                    thread = new Thread(this::loop, "cadenza-steps-" + name);
                    thread.setDaemon(true);
                    thread.start();
                }
                return active.answer();
            }
            refusal = failure == null ? new CancellationException("the model is closed") : failure;
        }
        active.fail(refusal);
        return active.answer();
    }

    /** Fails all tasks, as the run that they wait for does not come back. */
    private void fail() {
        RunOverdueException told = new RunOverdueException(name, watch.limit());
        synchronized (lock) {
            if (ended) {
                return;
            }
            closed = true;
            failure = told;
        }
        // Their states stay open: the run is still using them.
        present.forEach(task -> task.answer().completeExceptionally(told));
        overdue.run();
    }

    /** Ends what is playing before its next step. When this returns, the model is not in use any more. */
    @Override
    public void close() {
        close(() -> {});
    }

    /**
     * The same; what is to happen to the model then may be given here. From the engine's own thread, as when the last
     * task lets go of its model, and while a run is overdue, this returns at once.
     *
     * @param then runs once, as soon as the model is not in use any more; on the first call only
     */
    public void close(Runnable then) {
        Thread stepping;
        boolean stuck;
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
            closed = true;
            afterwards = then;
            stepping = ended ? null : thread;
            stuck = failure != null;
            lock.notifyAll();
        }
        if (stepping == null) {
            then.run();
        } else if (stepping != Thread.currentThread() && !stuck) {
            try {
                stepping.join(LONGEST_CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void loop() {
        List<ActiveTask<?>> active = new ArrayList<>();
        Throwable end = new CancellationException("the model is closed");
        watch.begin(name, this::fail);
        try (StepBatch batch = model.batch(rows)) {
            while (admit(active)) {
                active.removeIf(task -> !task.goesOn());
                hearChunk(active);
                step(batch, active);
            }
        } catch (RuntimeException | Error e) {
            end = e;
        } finally {
            Runnable then;
            watch.end();
            synchronized (lock) {
                closed = true;
                ended = true;
                active.addAll(arrivals);
                arrivals.clear();
                then = afterwards;
            }
            for (ActiveTask<?> task : active) {
                task.fail(end);
            }
            then.run();
        }
    }

    /** Admits the tasks that wait; waits for one if none is playing. Returns false once the engine is closed. */
    private boolean admit(List<ActiveTask<?>> active) {
        List<ActiveTask<?>> arrived;
        synchronized (lock) {
            while (!closed && arrivals.isEmpty() && active.isEmpty()) {
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
        for (ActiveTask<?> task : arrived) {
            if (task.enter(model)) {
                active.add(task);
            }
        }
        return true;
    }

    /** Runs one chunk of given notes, of the task that has waited longest for it. */
    private void hearChunk(List<ActiveTask<?>> active) {
        Optional<ActiveTask<?>> first = active.stream()
                .filter(task -> task.input().steps() > 1)
                .<ActiveTask<?>>map(task -> task)
                .findFirst();
        if (first.isPresent()) {
            active.remove(first.get());
            if (hear(first.get())) {
                active.add(first.get());
            }
        }
    }

    private boolean hear(ActiveTask<?> task) {
        StepOutput output;
        watch.turn();
        try {
            long start = System.nanoTime();
            output = model.run(task.input(), task.state());
            listener.ran(task.rows(), task.input().steps(), System.nanoTime() - start);
        } catch (RuntimeException | Error e) {
            task.fail(e);
            return false;
        } finally {
            watch.turn();
        }
        return task.take(model, output);
    }

    /** Runs one step of everything that plays, in as few batches as it fits into. */
    private void step(StepBatch batch, List<ActiveTask<?>> active) {
        List<ActiveTask<?>> playing =
                active.stream().filter(task -> task.input().steps() == 1).toList();
        for (int from = 0, to; from < playing.size(); from = to) {
            int filled = playing.get(from).rows();
            for (to = from + 1; to < playing.size() && filled + playing.get(to).rows() <= batch.capacity(); to++) {
                filled += playing.get(to).rows();
            }
            run(batch, playing.subList(from, to), filled, active);
        }
    }

    private void run(StepBatch batch, List<ActiveTask<?>> together, int filled, List<ActiveTask<?>> active) {
        List<StepOutput> outputs;
        watch.turn();
        try {
            long start = System.nanoTime();
            outputs = batch.run(
                    together.stream().map(ActiveTask::input).toList(),
                    together.stream().map(ActiveTask::state).toList());
            listener.ran(filled, 1, System.nanoTime() - start);
        } catch (RuntimeException | Error e) {
            active.removeAll(together);
            together.forEach(task -> task.fail(e));
            return;
        } finally {
            watch.turn();
        }
        for (int i = 0; i < together.size(); i++) {
            if (!together.get(i).take(model, outputs.get(i))) {
                active.remove(together.get(i));
            }
        }
    }
}
