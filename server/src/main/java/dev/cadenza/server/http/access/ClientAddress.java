package dev.cadenza.server.http.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a client, the same however it was written: without port, brackets and zone, and as IPv4 where it is IPv4
 * mapped into IPv6. No name is ever looked up.
 */
record ClientAddress(InetAddress address) {
    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;
    private static final String UNKNOWN = "unknown";
    private static final String PORT = "(?::[0-9]{1,5})?";
    private static final Pattern IPV4 =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})" + PORT);
    private static final String IPV6_TEXT = "([0-9A-Fa-f:.]{2,45})(?:%[A-Za-z0-9._-]{1,32})?";
    private static final Pattern IPV6 = Pattern.compile("\\[" + IPV6_TEXT + "]" + PORT + "|" + IPV6_TEXT);

    /**
     * Of the other end of a connection. A connection that is closed has none: all of them count as one client, which is
     * written {@value #UNKNOWN}.
     */
    static ClientAddress of(@Nullable SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress socket ? socket.getAddress() : null;
        try {
            // Of the bytes alone: a zone may have any characters.
            return new ClientAddress(
                    InetAddress.getByAddress(address == null ? new byte[IPV4_BYTES] : address.getAddress()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** Empty if the text is not an address of a machine. */
    static Optional<ClientAddress> parse(String text) {
        Matcher four = IPV4.matcher(text);
        Matcher six = IPV6.matcher(text);
        try {
            if (four.matches()) {
                byte[] bytes = new byte[IPV4_BYTES];
                for (int i = 0; i < IPV4_BYTES; i++) {
                    int value = Integer.parseInt(four.group(i + 1));
                    if (value > 0xff) {
                        return Optional.empty();
                    }
                    bytes[i] = (byte) value;
                }
                return Optional.of(new ClientAddress(InetAddress.getByAddress(bytes)));
            }
            if (six.matches()) {
                String literal = six.group(1) == null ? six.group(2) : six.group(1);
                // In brackets nothing but a literal is read.
                return Optional.of(new ClientAddress(InetAddress.getByName("[" + literal + "]")));
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The address alone, such as {@code 203.0.113.7}. */
    String text() {
        return address.isAnyLocalAddress() ? UNKNOWN : address.getHostAddress();
    }

    /**
     * What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address, whose rest each machine of a
     * network chooses as it likes.
     */
    String network() {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV4_BYTES) {
            return text();
        }
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            network.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return network + ":/64";
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }
}
