package dev.cadenza.server.http.jetty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as they are written in a URL. */
public final class Address {
    private Address() {}

    /** Where a server can be reached from this machine, such as {@code http://[::1]:8080}. */
    static String url(InetSocketAddress listening, int port) {
        InetAddress address = listening.getAddress();
        String host = listening.getHostString();
        if (address != null && address.isAnyLocalAddress()) {
            host = address instanceof Inet6Address ? "::1" : "127.0.0.1";
        }
        return "http://" + bracketed(host) + ":" + port;
    }

    /** Host and port with brackets around an IPv6 address. */
    static String authority(InetSocketAddress address) {
        return bracketed(address.getHostString()) + ":" + address.getPort();
    }

    private static String bracketed(String host) {
        if (!host.contains(":") || host.startsWith("[")) {
            return host;
        }
        // Java writes every zero of an address; and a zone's percent sign is escaped in a URL (RFC 6874).
        return "[" + host.replaceFirst("(^|:)(0(:|$)){2,}", "::").replace("%", "%25") + "]";
    }
}
