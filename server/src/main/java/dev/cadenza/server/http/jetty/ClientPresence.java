package dev.cadenza.server.http.jetty;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** Whether the client of a request is still there. Looks at the connection every few milliseconds at most. */
public final class ClientPresence implements BooleanSupplier {
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final EndPoint connection;
    private long nextLook = System.nanoTime();
    private boolean there = true;

    private ClientPresence(EndPoint connection) {
        this.connection = connection;
    }

    public static ClientPresence of(Context ctx) {
        return new ClientPresence(ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint());
    }

    @Override
    public synchronized boolean getAsBoolean() {
        long now = System.nanoTime();
        if (there && now - nextLook >= 0) {
            nextLook = now + PAUSE_NANOS;
            there = connection instanceof PeekingEndPoint peeking ? !peeking.isClientGone() : connection.isOpen();
        }
        return there;
    }
}
