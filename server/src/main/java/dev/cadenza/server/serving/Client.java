package dev.cadenza.server.serving;

/**
 * Whose request it is, for the share of streams that each client has and for the order of those that wait.
 *
 * @param name the same for all requests of one client
 * @param mostStreams that run and wait at once, at least 1
 */
public record Client(String name, int mostStreams) {
    public Client {
        if (mostStreams < 1) {
            throw new IllegalArgumentException("mostStreams (" + mostStreams + ") must be at least 1");
        }
    }

    /** One that may take all there is. */
    public static Client unlimited(String name) {
        return new Client(name, Integer.MAX_VALUE);
    }
}
