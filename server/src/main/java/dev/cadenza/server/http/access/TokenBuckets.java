package dev.cadenza.server.http.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each of many clients: a request takes a token, tokens come back at a constant rate. The clients that
 * were not seen for longest are forgotten, which is to their advantage. Safe for use from many threads.
 */
public final class TokenBuckets {
    private static final int MOST_CLIENTS = 10_000;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private static final class Bucket {
        private double tokens;
        private long filled;

        Bucket(double tokens, long filled) {
            this.tokens = tokens;
            this.filled = filled;
        }
    }

    /** @param nanos a clock such as {@link System#nanoTime} */
    public TokenBuckets(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Takes a token.
     *
     * @return 0 if there was one, else the seconds until there is
     */
    public synchronized int take(String client, Rate rate) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(client, name -> new Bucket(rate.burst(), now));
        double perNano = rate.perMinute() / NANOS_PER_MINUTE;
        bucket.tokens = Math.min(rate.burst(), bucket.tokens + (now - bucket.filled) * perNano);
        bucket.filled = now;
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return 0;
        }
        return (int) Math.max(1, Math.ceil((1 - bucket.tokens) / perNano / 1e9));
    }
}
