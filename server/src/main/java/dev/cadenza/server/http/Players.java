package dev.cadenza.server.http;

import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.ModelCatalog;
import java.util.concurrent.Executor;

/**
 * What the endpoints that ask a model share.
 *
 * @param catalog lends models
 * @param queue does the work
 * @param writers runs what encodes and sends answers, so that a slow client holds up no player
 * @param bodyBytes largest body
 * @param engine versions of server and engine, for the entity tag
 */
record Players(ModelCatalog catalog, GenerationQueue queue, Executor writers, int bodyBytes, String engine) {}
