package dev.cadenza.trainer.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Pieces of work shared by a few threads, each with things of its own. */
public final class Workers {
    private Workers() {}

    /**
     * Does all work and waits for it.
     *
     * @param name of the threads
     * @param threads at least 1
     * @param worker makes what a thread, by its number, does with a piece of work; called on that thread
     * @throws IllegalStateException when a thread failed, with its failure as the cause; the others have ended by then
     */
    public static <W> void run(String name, int threads, Collection<W> work, IntFunction<Consumer<W>> worker) {
        ConcurrentLinkedQueue<W> left = new ConcurrentLinkedQueue<>(work);
        List<Thread> running = new ArrayList<>();
        List<Throwable> problems = new ArrayList<>();
        for (int index = 0; index < threads; index++) {
            int number = index;
            Thread thread = new Thread(
                    () -> {
                        Consumer<W> own = worker.apply(number);
                        for (W next = left.poll(); next != null; next = left.poll()) {
                            own.accept(next);
                        }
                    },
                    name);
            thread.setUncaughtExceptionHandler((failed, problem) -> {
                synchronized (problems) {
                    problems.add(problem);
                }
            });
            thread.start();
            running.add(thread);
        }
        running.forEach(Workers::join);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the " + name + " could not be measured", problems.get(0));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
