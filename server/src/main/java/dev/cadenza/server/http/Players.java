package dev.cadenza.server.http;

import dev.cadenza.server.http.jetty.RequestBodies;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ServingEvents;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the endpoints that ask a model share.
 *
 * @param models lends models
 * @param queue does the work
 * @param writers runs what encodes and sends answers, so that a slow client holds up no player
 * @param clock runs what is due at a time, such as what keeps event streams alive
 * @param heartbeat how long an event stream may say nothing
 * @param bodies reads bodies
 * @param bodyBytes largest body
 * @param engine versions of server and engine, for the entity tag
 * @param events hears of notes
 */
record Players(
        ModelLending models,
        GenerationQueue queue,
        Executor writers,
        ScheduledExecutorService clock,
        Duration heartbeat,
        RequestBodies bodies,
        int bodyBytes,
        String engine,
        ServingEvents events) {}
