package dev.cadenza.server.http;

import dev.cadenza.server.http.access.AdminGuard;
import dev.cadenza.server.http.access.ClientAccess;
import dev.cadenza.server.http.access.Exchange;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.ProblemResponses;
import dev.cadenza.server.http.jetty.CannotListenException;
import dev.cadenza.server.http.jetty.Listener;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.http.jetty.RequestBodies;
import dev.cadenza.server.http.jetty.UnqueuedRequests;
import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.score.HumanizeRequestReader;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelAdministration;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.studio.HomePage;
import dev.cadenza.server.studio.StudioHandler;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The public and the admin listener. Owns the queue that plays; the catalogue is its maker's.
 *
 * <p>{@link #close} takes no more requests, lets those that run finish within {@link HttpLimits#stop}, and tells
 * the rest that it stops.
 */
public final class HttpServer implements AutoCloseable {
    private static final int MOST_THREADS = 200;
    private static final int MOST_ADMIN_THREADS = 16;
    private static final int ORDER_THREADS = 8;
    private static final int MOST_ORDERS = 64;
    private static final Duration LEAST_STOP = Duration.ofMillis(500);

    private final GenerationQueue queue;
    private final Listener open;
    private final Listener admin;
    private final HomePage home;
    private final Duration stop;
    private final AtomicBoolean stopping;
    private final UnqueuedRequests unqueued;
    private final Runnable refuse;
    private final Runnable end;

    /**
     * Of its parts.
     *
     * @param refuse tells whoever still waits that the server stops
     * @param end lets go of everything else
     */
    private HttpServer(
            GenerationQueue queue,
            Listener open,
            Listener admin,
            HomePage home,
            Duration stop,
            AtomicBoolean stopping,
            UnqueuedRequests unqueued,
            Runnable refuse,
            Runnable end) {
        this.stopping = stopping;
        this.unqueued = unqueued;
        this.refuse = refuse;
        this.end = end;
        this.stop = stop;
        this.queue = queue;
        this.home = home;
        this.open = open;
        this.admin = admin;
    }

    /**
     * Starts both listeners.
     *
     * @param orders what the admin listener hands orders to
     * @param observers who hears of it
     * @throws CannotListenException if an address cannot be listened on
     */
    public static HttpServer start(
            HttpSettings settings, ModelCatalog catalog, ModelAdministration orders, Observers observers)
            throws CannotListenException {
        Listening where = settings.where();
        HttpLimits limits = settings.limits();
        String version = settings.version();
        GenerationQueue queue = new GenerationQueue(limits.streams(), limits.waiting());
        QueuedThreadPool threads = threads("cadenza-http", MOST_THREADS);
        ScheduledThreadPoolExecutor clock = clock();
        UnqueuedRequests unqueued = new UnqueuedRequests();
        Players players = new Players(
                new ModelLending(catalog, queue, limits.waiting(), clock, threads, unqueued),
                queue,
                threads,
                clock,
                limits.heartbeat(),
                new RequestBodies(limits.connections(), clock, threads, unqueued),
                limits.bodyBytes(),
                version + "/" + settings.engine(),
                observers.events());
        SoundAnswer sounds = new SoundAnswer(settings.renderer());
        LongSupplier seeds = () -> ThreadLocalRandom.current().nextLong(GenerateRequestReader.LARGEST_CHOSEN_SEED);
        GenerateHandler generate = new GenerateHandler(new GenerateRequestReader(seeds), players, sounds);
        ScoreHandler score = new ScoreHandler(players);
        HumanizeHandler humanize = new HumanizeHandler(new HumanizeRequestReader(seeds), players);
        ModelsHandler models = new ModelsHandler(catalog);
        AtomicBoolean stopping = new AtomicBoolean();
        HealthHandler health = new HealthHandler(() -> catalog.isReady() && !stopping.get(), version);
        StudioHandler studio = new StudioHandler();
        HomePage home = new HomePage(catalog, studio, version);
        ClientAccess clients = new ClientAccess(settings.rules(), System::nanoTime);
        Listener open =
                new Listener(false, where.address(), limits, threads, clock, log("public", observers), config -> {
                    ProblemResponses.register(config);
                    Routes routes = new Routes(config, clients);
                    routes.getOpen("/", home::answer);
                    routes.getOpen("/studio/{file}", studio::file);
                    routes.getOpen("/openapi.yaml", ContractHandler::answer);
                    routes.get("/v1/generate", generate::get);
                    routes.add(HandlerType.POST, "/v1/generate", generate::post);
                    routes.add(HandlerType.POST, "/v1/score", score::post);
                    routes.add(HandlerType.POST, "/v1/humanize", humanize::post);
                    routes.get("/v1/models", models::all);
                    routes.get("/v1/models/{name}", models::model);
                    routes.get("/v1/models/{name}/versions/{version}", models::version);
                    routes.get("/v1/models/{name}/versions/{version}/card", models::card);
                    routes.getOpen("/v2", health::server);
                    routes.getOpen("/v2/health/live", health::live);
                    routes.getOpen("/v2/health/ready", health::ready);
                    for (String version2 : new String[] {"", "/versions/{version}"}) {
                        routes.getOpen("/v2/models/{name}" + version2, models::metadata);
                        routes.getOpen("/v2/models/{name}" + version2 + "/ready", models::ready);
                    }
                });
        AdminGuard guard = new AdminGuard(where.adminToken(), System::nanoTime);
        QueuedThreadPool adminThreads = threads("cadenza-admin", MOST_ADMIN_THREADS);
        ThreadPoolExecutor orderThreads = orderThreads();
        RepositoryHandler repository = new RepositoryHandler(
                catalog,
                orders,
                new RequestBodies(limits.connections(), clock, adminThreads, unqueued),
                orderThreads,
                unqueued);
        Listener admin =
                new Listener(true, where.admin(), limits, adminThreads, clock, log("admin", observers), config -> {
                    ProblemResponses.register(config);
                    Routes routes = new Routes(config, guard);
                    routes.get("/v2", health::adminServer);
                    routes.getOpen("/v2/health/live", health::live);
                    routes.getOpen("/v2/health/ready", health::ready);
                    routes.get("/metrics", ctx -> MetricsHandler.answer(ctx, observers.metrics()));
                    routes.add(HandlerType.POST, "/v2/repository/index", repository::index);
                    routes.order(HandlerType.POST, "/v2/repository/models/{name}/load", "load", repository::load);
                    routes.order(HandlerType.POST, "/v2/repository/models/{name}/unload", "unload", repository::unload);
                    routes.order(HandlerType.PUT, "/v1/models/{name}/labels/{label}", "label", repository::label);
                    routes.order(
                            HandlerType.DELETE, "/v1/models/{name}/labels/{label}", "unlabel", repository::unlabel);
                    routes.order(HandlerType.POST, "/v1/models/{name}/rollback", "rollback", repository::rollback);
                });
        Runnable refuse = () -> {
            unqueued.close();
            sounds.stop();
            queue.close();
        };
        Runnable end = () -> {
            orderThreads.shutdownNow();
            clock.shutdownNow();
            sounds.close();
        };
        HttpServer server = new HttpServer(queue, open, admin, home, limits.stop(), stopping, unqueued, refuse, end);
        boolean good = false;
        try {
            open.start();
            admin.start();
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

    /** What to do next, with the address in it. */
    public String welcome() {
        return home.text(url());
    }

    @Override
    public void close() {
        // The admin listener, which stops last, says so while running requests finish.
        stopping.set(true);
        // What is still running when time is up is told so while its connection is still there.
        CompletableFuture<Void> timeUp = CompletableFuture.runAsync(
                refuse, CompletableFuture.delayedExecutor(stop.toMillis(), TimeUnit.MILLISECONDS));
        long end = System.nanoTime() + stop.plus(Listener.LAST_ANSWERS).toNanos();
        open.stop(stop.plus(Listener.LAST_ANSWERS));
        // Both together take no longer than one may.
        Duration left = Duration.ofNanos(end - System.nanoTime());
        admin.stop(left.compareTo(LEAST_STOP) < 0 ? LEAST_STOP : left);
        timeUp.cancel(false);
        refuse.run();
        this.end.run();
    }

    /**
     * AdminCommands may take long, so they are no work for threads that answer. The catalogue carries them out one after the
     * other, and refuses those that wait too long: they have to reach it for that, while another one takes its time.
     */
    private static ThreadPoolExecutor orderThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                ORDER_THREADS, ORDER_THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_ORDERS), task -> {
                    Thread made = new Thread(task, "cadenza-orders");
                    made.setDaemon(true);
                    return made;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
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

    /** Requests whose body is still coming, whose model is being loaded, or whose order is not carried out yet. */
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
