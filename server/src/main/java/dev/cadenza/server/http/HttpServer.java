package dev.cadenza.server.http;

import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.request.HumanizeRequestReader;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelAdministration;
import dev.cadenza.server.serving.ModelCatalog;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public and the admin listener. Owns the queue that plays; the catalogue is its maker's.
 *
 * <p>{@link #close} takes no more requests, lets those that run finish within {@link HttpLimits#stop}, and tells
 * the rest that it stops.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);
    private static final long SWEEP_MILLIS = 20;
    private static final String ADMIN = "admin";
    private static final int MOST_THREADS = 200;
    private static final int MOST_ADMIN_THREADS = 16;
    private static final int ORDER_THREADS = 8;
    private static final int MOST_ORDERS = 64;
    private static final Duration LEAST_STOP = Duration.ofMillis(500);
    private static final int SEND_BUFFER = 1 << 17;
    private static final long CROWDED_IDLE_MILLIS = 1000;

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
        Listener open = new Listener("public", where.address(), limits, threads, clock, observers, config -> {
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
        Listener admin = new Listener(ADMIN, where.admin(), limits, adminThreads, clock, observers, config -> {
            Routes routes = new Routes(config, guard);
            routes.get("/v2", health::adminServer);
            routes.getOpen("/v2/health/live", health::live);
            routes.getOpen("/v2/health/ready", health::ready);
            routes.get("/metrics", ctx -> MetricsHandler.answer(ctx, observers.metrics()));
            routes.add(HandlerType.POST, "/v2/repository/index", repository::index);
            routes.order(HandlerType.POST, "/v2/repository/models/{name}/load", "load", repository::load);
            routes.order(HandlerType.POST, "/v2/repository/models/{name}/unload", "unload", repository::unload);
            routes.order(HandlerType.PUT, "/v1/models/{name}/labels/{label}", "label", repository::label);
            routes.order(HandlerType.DELETE, "/v1/models/{name}/labels/{label}", "unlabel", repository::unlabel);
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
        return Address.url(open.address, port());
    }

    /** Where this machine reaches the admin listener. */
    public String adminUrl() {
        return Address.url(admin.address, adminPort());
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
        long end = System.nanoTime() + stop.plus(LAST_ANSWERS).toNanos();
        open.stop(stop.plus(LAST_ANSWERS));
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

    private static QueuedThreadPool threads(String name, int most) {
        QueuedThreadPool threads = new QueuedThreadPool(most, Math.min(most, 8), 60_000);
        threads.setName(name);
        threads.setDaemon(true);
        return threads;
    }

    /** One Javalin on one address. */
    private static final class Listener {
        private final String name;
        private final InetSocketAddress address;
        private final HttpLimits limits;
        private final ScheduledExecutorService clock;
        private final Observers observers;
        private final Javalin javalin;

        Listener(
                String name,
                InetSocketAddress address,
                HttpLimits limits,
                QueuedThreadPool threads,
                ScheduledExecutorService clock,
                Observers observers,
                Consumer<JavalinConfig> routes) {
            this.name = name;
            this.observers = observers;
            this.address = address;
            this.limits = limits;
            this.clock = clock;
            this.javalin = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.startup.showOldJavalinVersionWarning = false;
                config.startup.startupWatcherEnabled = false;
                // A strong entity tag means these very bytes, so nothing packs them on the way.
                config.http.compressionStrategy = CompressionStrategy.NONE;
                config.jetty.threadPool = threads;
                config.jetty.modifyServer(this::tune);
                config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new JettyProblems()));
                config.jetty.addConnector(this::connector);
                ProblemResponses.register(config);
                routes.accept(config);
            });
        }

        private void tune(Server server) {
            server.insertHandler(new AnswerQueueing());
            // Without this handler Javalin's stop cuts whatever is running (javalin issue 2332).
            server.insertHandler(new GracefulHandler());
            server.setErrorHandler(new JettyProblems());
            server.setRequestLog(this::tell);
        }

        private void tell(Request request, Response response) {
            Exchange exchange = ExchangeNotes.exchange(name, request, response);
            observers.exchanges().forEach(listener -> listener.answered(exchange));
            ExchangeNotes.audit(request, exchange);
        }

        private Connector connector(Server server, HttpConfiguration http) {
            http.setUriCompliance(UriCompliance.DEFAULT);
            http.addCustomizer(new TrueMethod());
            ConnectionLimits bounds = limits.connections();
            HttpConnectionFactory connections = new HttpConnectionFactory(http) {
                @Override
                public Connection newConnection(Connector from, EndPoint endPoint) {
                    return configure(
                            new RequestConnection(getHttpConfiguration(), from, endPoint, bounds.headers()),
                            from,
                            endPoint);
                }
            };
            ServerConnector connector = new ServerConnector(server, 1, 1, connections) {
                @Override
                protected SocketChannelEndPoint newEndPoint(
                        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                    SocketChannelEndPoint endPoint =
                            new PeekingEndPoint(channel, selector, key, getScheduler(), getExecutor());
                    endPoint.setIdleTimeout(getIdleTimeout());
                    return endPoint;
                }
            };
            // The kernel takes megabytes of an answer that nobody reads, so that nothing would be noticed.
            connector.setAcceptedSendBufferSize(SEND_BUFFER);
            NetworkConnectionLimit most = new NetworkConnectionLimit(bounds.connections(), connector);
            most.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
            server.addBean(most);
            ConnectionWatch watch = new ConnectionWatch(connector, bounds);
            long pause = watch.pause().toMillis();
            var unused = clock.scheduleWithFixedDelay(watch, pause, pause, TimeUnit.MILLISECONDS);
            connector.setHost(address.getHostString());
            connector.setPort(address.getPort());
            connector.setIdleTimeout(limits.idle().toMillis());
            // Otherwise a stopping Jetty gives slow readers one second.
            connector.setShutdownIdleTimeout(limits.stop().plus(LAST_ANSWERS).toMillis());
            return connector;
        }

        void start() throws CannotListenException {
            // A taken port is told in one line, by whoever catches this; not also with a stack trace.
            JavalinLogger.enabled = false;
            try {
                javalin.start();
            } catch (JavalinException e) {
                throw new CannotListenException(name.equals(ADMIN), address, e);
            } finally {
                JavalinLogger.enabled = true;
            }
        }

        /** @param longest how long requests that run now may still take */
        void stop(Duration longest) {
            javalin.jettyServer().server().setStopTimeout(longest.toMillis());
            JavalinLogger.enabled = false;
            // Jetty waits for connections that clients keep for later as long as for those that are being answered.
            ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();
            var unused =
                    sweeper.scheduleWithFixedDelay(this::closeIdle, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            try {
                javalin.stop();
            } catch (JavalinException e) {
                LOG.warn("requests to {} did not end in time and were cut", where(), e);
            } finally {
                sweeper.shutdownNow();
                JavalinLogger.enabled = true;
            }
        }

        private void closeIdle() {
            for (Connector connector : javalin.jettyServer().server().getConnectors()) {
                for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                    Connection connection = endPoint.getConnection();
                    if (endPoint instanceof PeekingEndPoint peeking
                            && peeking.isFillInterested()
                            && connection != null
                            && connection.getMessagesIn() == connection.getMessagesOut()) {
                        endPoint.close();
                    }
                }
            }
        }

        int port() {
            return javalin.port();
        }

        private String where() {
            return Address.authority(address);
        }
    }
}
