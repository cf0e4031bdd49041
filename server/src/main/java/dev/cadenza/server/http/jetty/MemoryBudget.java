package dev.cadenza.server.http.jetty;

/** Bytes that may be held for strangers, all of them together. Safe for use from many threads. */
final class MemoryBudget {
    private final long most;
    private long taken;

    MemoryBudget(long most) {
        this.most = most;
    }

    /** Takes so many bytes; false if there are not as many left, and then none are taken. */
    synchronized boolean take(long bytes) {
        if (bytes > most - taken) {
            return false;
        }
        taken += bytes;
        return true;
    }

    synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    synchronized long taken() {
        return taken;
    }
}
