package dev.cadenza.server.http;

import dev.cadenza.server.http.access.ExchangeListener;
import dev.cadenza.server.serving.ServingEvents;
import java.util.List;

/**
 * What is called with what a server does.
 *
 * @param exchanges called with every answer
 * @param events called for each note
 */
public record Observers(List<ExchangeListener> exchanges, ServingEvents events) {
    public static final Observers NONE = new Observers(List.of(), ServingEvents.NONE);

    public Observers {
        exchanges = List.copyOf(exchanges);
    }
}
