package dev.cadenza.server.http;

import dev.cadenza.server.http.access.AdminGuard;
import dev.cadenza.server.http.access.ClientAccess;
import dev.cadenza.server.http.access.Exchange;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.Answer;
import dev.cadenza.server.http.answer.Services;
import dev.cadenza.server.http.jetty.CannotListenException;
import dev.cadenza.server.http.jetty.HttpLimits;
import dev.cadenza.server.http.jetty.Listener;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.http.jetty.RequestBodies;
import dev.cadenza.server.http.jetty.UnqueuedRequests;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelAdministration;
import dev.cadenza.server.serving.ModelCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The public and the admin listener: the core's routes, and those of the additions. Owns the queue that plays; the
 * catalogue is its maker's.
 *
 * <p>{@link #close} takes no more requests, lets those that run finish within {@link HttpLimits#stop}, and answers the
 * rest that the server stops.
 */
public final class HttpServer implements AutoCloseable {
    private static final int MOST_THREADS = 200;
    private static final int MOST_ADMIN_THREADS = 16;
    private static final Duration LEAST_STOP = Duration.ofMillis(500);

    private final GenerationQueue queue;
    private final ScheduledThreadPoolExecutor clock = clock();
    private final UnqueuedRequests unqueued = new UnqueuedRequests();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Duration stop;
    private final List<Addition> additions;
    private final RepositoryHandler repository;
    private final Listener open;
    private final Listener admin;

    private HttpServer(
            HttpSettings settings,
            ModelCatalog catalog,
            ModelAdministration administration,
            Observers observers,
            List<Addition> additions) {
        Listening where = settings.where();
        HttpLimits limits = settings.limits();
        this.additions = List.copyOf(additions);
        stop = limits.stop();
        queue = new GenerationQueue(limits.streams(), limits.waiting());
        HealthHandler health = new HealthHandler(() -> catalog.isReady() && !stopping.get(), settings.version());

        QueuedThreadPool threads = threads("cadenza-http", MOST_THREADS);
        ModelEndpoints endpoints = new ModelEndpoints(
                new ModelLending(catalog, queue, limits.waiting(), clock, threads, unqueued),
                new RequestBodies(limits.connections(), clock, threads, unqueued),
                limits.bodyBytes(),
                settings.version() + "/" + settings.engine(),
                new Services(queue, threads, clock, limits.heartbeat(), observers.events()));
        ClientAccess clients = new ClientAccess(settings.rules(), System::nanoTime);
        open = new Listener(false, where.address(), limits, threads, clock, log("public", observers), config -> {
            Routes routes = new Routes(config, clients);
            List<Answer<GenerateRequest>> answers = new ArrayList<>();
            additions.forEach(addition -> answers.addAll(addition.answers(endpoints.services())));
            CoreRoutes.add(routes, endpoints, catalog, health, answers);
            additions.forEach(addition -> addition.addPublic(routes, endpoints));
        });

        QueuedThreadPool adminThreads = threads("cadenza-admin", MOST_ADMIN_THREADS);
        repository = new RepositoryHandler(
                catalog,
                administration,
                new RequestBodies(limits.connections(), clock, adminThreads, unqueued),
                unqueued);
        AdminGuard guard = new AdminGuard(where.adminToken(), System::nanoTime);
        admin = new Listener(true, where.admin(), limits, adminThreads, clock, log("admin", observers), config -> {
            Routes routes = new Routes(config, guard);
            AdminRoutes.add(routes, health, repository);
            additions.forEach(addition -> addition.addAdmin(routes));
        });
    }

    /**
     * Starts both listeners.
     *
     * @param administration carries out admin commands
     * @param additions to the core; closed with the server
     * @throws CannotListenException if an address cannot be listened on
     */
    public static HttpServer start(
            HttpSettings settings,
            ModelCatalog catalog,
            ModelAdministration administration,
            Observers observers,
            List<Addition> additions)
            throws CannotListenException {
        HttpServer server = new HttpServer(settings, catalog, administration, observers, additions);
        boolean good = false;
        try {
            server.open.start();
            server.admin.start();
            good = true;
            return server;
        } finally {
            if (!good) {
                server.close();
            }
        }
    }

    /** The port that the public listener really has. */
    public int port() {
        return open.port();
    }

    /** The port that the admin listener really has. */
    public int adminPort() {
        return admin.port();
    }

    /** Where this machine reaches the public listener, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return open.url();
    }

    /** Where this machine reaches the admin listener. */
    public String adminUrl() {
        return admin.url();
    }

    @Override
    public void close() {
        // The admin listener, which stops last, says so while running requests finish.
        stopping.set(true);
        // What is still running when time is up gets its error while its connection is still there.
        CompletableFuture<Void> timeUp = CompletableFuture.runAsync(
                this::refuse, CompletableFuture.delayedExecutor(stop.toMillis(), TimeUnit.MILLISECONDS));
        long end = System.nanoTime() + stop.plus(Listener.LAST_ANSWERS).toNanos();
        open.stop(stop.plus(Listener.LAST_ANSWERS));
        // Both together take no longer than one may.
        Duration left = Duration.ofNanos(end - System.nanoTime());
        admin.stop(left.compareTo(LEAST_STOP) < 0 ? LEAST_STOP : left);
        timeUp.cancel(false);
        refuse();
        repository.close();
        clock.shutdownNow();
        additions.forEach(Addition::close);
    }

    /** Fails every request that still waits. */
    private void refuse() {
        unqueued.close();
        additions.forEach(Addition::stop);
        queue.close();
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cadenza-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** Streams that play now. */
    public int streams() {
        return queue.streams();
    }

    /** Requests that wait for their turn. */
    public int waiting() {
        return queue.waiting();
    }

    /** Requests whose body is still coming, whose model is being loaded, or whose admin command is not carried out yet. */
    int unqueued() {
        return unqueued.size();
    }

    private static RequestLog log(String listener, Observers observers) {
        return (request, response) -> {
            Exchange exchange = ExchangeNotes.exchange(listener, request, response);
            observers.exchanges().forEach(observer -> observer.answered(exchange));
            ExchangeNotes.audit(request, exchange);
        };
    }

    private static QueuedThreadPool threads(String name, int most) {
        QueuedThreadPool threads = new QueuedThreadPool(most, Math.min(most, 8), 60_000);
        threads.setName(name);
        threads.setDaemon(true);
        return threads;
    }
}
