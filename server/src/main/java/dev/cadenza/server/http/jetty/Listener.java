package dev.cadenza.server.http.jetty;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Javalin on one address. */
public final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    /** What the last answers of a stopping server may take, after the time that running requests have. */
    public static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

    private static final long SWEEP_MILLIS = 20;
    private static final int SEND_BUFFER = 1 << 17;
    private static final long CROWDED_IDLE_MILLIS = 1000;

    private final boolean admin;
    private final InetSocketAddress address;
    private final HttpLimits limits;
    private final ScheduledExecutorService clock;
    private final RequestLog log;
    private final Javalin javalin;

    /**
     * Not started yet.
     *
     * @param log called with every answer, on the thread that sent its last byte
     * @param routes adds the routes and what answers their failures
     */
    public Listener(
            boolean admin,
            InetSocketAddress address,
            HttpLimits limits,
            QueuedThreadPool threads,
            ScheduledExecutorService clock,
            RequestLog log,
            Consumer<JavalinConfig> routes) {
        this.admin = admin;
        this.log = log;
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
            routes.accept(config);
        });
    }

    private void tune(Server server) {
        server.insertHandler(new AnswerQueueing());
        // Without this handler Javalin's stop cuts whatever is running (javalin issue 2332).
        server.insertHandler(new GracefulHandler());
        server.setErrorHandler(new JettyProblems());
        server.setRequestLog(log);
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
        // Otherwise the kernel buffers megabytes, and a client that does not read is not noticed.
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

    public void start() throws CannotListenException {
        // The exception says in one line that a port is taken; a stack trace in the log says no more.
        JavalinLogger.enabled = false;
        try {
            javalin.start();
        } catch (JavalinException e) {
            throw new CannotListenException(admin, address, e);
        } finally {
            JavalinLogger.enabled = true;
        }
    }

    /**
     * Takes no more requests, and waits for those that run.
     *
     * @param longest how long they may still take
     */
    public void stop(Duration longest) {
        javalin.jettyServer().server().setStopTimeout(longest.toMillis());
        JavalinLogger.enabled = false;
        // Jetty waits for connections that clients keep for later as long as for those that are being answered.
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();
        var unused = sweeper.scheduleWithFixedDelay(this::closeIdle, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
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

    /** The port that it really has. */
    public int port() {
        return javalin.port();
    }

    /** Where this machine reaches it, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return Address.url(address, port());
    }

    private String where() {
        return Address.authority(address);
    }
}
