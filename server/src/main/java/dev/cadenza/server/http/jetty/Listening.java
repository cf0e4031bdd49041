package dev.cadenza.server.http.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a server listens.
 *
 * @param address of the public listener; port 0 takes any free one
 * @param admin of the admin listener
 * @param adminToken the token of the admin listener, as it is now; empty only on loopback
 */
public record Listening(InetSocketAddress address, InetSocketAddress admin, Optional<Supplier<String>> adminToken) {
    public Listening {
        if (adminToken.isEmpty() && !isLoopback(admin)) {
            throw new IllegalArgumentException("admin (" + admin + ") must be on loopback, or have a token");
        }
    }

    /** Free ports that only this machine can reach. */
    public static Listening anyPort() {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Listening(free, free, Optional.empty());
    }

    /** Whether only this machine can reach the address. */
    public static boolean isLoopback(InetSocketAddress address) {
        return address.getAddress() != null && address.getAddress().isLoopbackAddress();
    }
}
