package dev.cadenza.server.http.access;

/** Called for every answer when its last byte is out, on the thread that sent it. */
@FunctionalInterface
public interface ExchangeListener {
    void answered(Exchange exchange);
}
