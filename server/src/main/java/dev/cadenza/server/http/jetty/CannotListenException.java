package dev.cadenza.server.http.jetty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/** An address cannot be listened on; the message says which and why, in one line. */
public final class CannotListenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean admin;
    private final Reason reason;

    /** What is in the way. */
    public enum Reason {
        /** Another program, or this one's other listener, has the port. */
        PORT_TAKEN,
        /** The port is one that only privileged users may take. */
        PORT_FORBIDDEN,
        /** The address is not this machine's. */
        HOST_NOT_HERE,
        OTHER
    }

    CannotListenException(boolean admin, InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen on " + Address.authority(address) + ": "
                        + root(cause).getMessage(),
                cause);
        this.admin = admin;
        this.reason = reason(root(cause));
    }

    /** Whether it is the admin listener's address. */
    public boolean isAdmin() {
        return admin;
    }

    public Reason reason() {
        return reason;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Reason reason(Throwable root) {
        String message = String.valueOf(root.getMessage());
        if (message.contains("in use")) {
            return Reason.PORT_TAKEN;
        }
        if (message.contains("ermission")) {
            return Reason.PORT_FORBIDDEN;
        }
        return root instanceof BindException || message.contains("unresolved") ? Reason.HOST_NOT_HERE : Reason.OTHER;
    }
}
