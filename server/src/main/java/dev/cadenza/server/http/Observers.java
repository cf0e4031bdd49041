package dev.cadenza.server.http;

import dev.cadenza.server.http.access.ExchangeListener;
import dev.cadenza.server.serving.ServingEvents;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who hears of what a server does.
 *
 * @param exchanges hear of every answer
 * @param events hears of notes
 * @param metrics the counters in Prometheus' text format, UTF-8
 */
public record Observers(List<ExchangeListener> exchanges, ServingEvents events, Supplier<byte[]> metrics) {
    /** Nobody. */
    public static final Observers NONE = new Observers(List.of(), ServingEvents.NONE, () -> new byte[0]);

    public Observers {
        exchanges = List.copyOf(exchanges);
    }
}
