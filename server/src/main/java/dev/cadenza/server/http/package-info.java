/**
 * HTTP in front of the models. Start at {@link dev.cadenza.server.http.HttpServer}, which owns both listeners; {@code
 * CoreRoutes} and {@code AdminRoutes} list the endpoints of the core, {@link dev.cadenza.server.http.ModelHandler} is an
 * endpoint that asks a model, {@link dev.cadenza.server.http.Addition} is how everything else registers itself, and
 * {@link dev.cadenza.server.http.answer.ProblemResponses} is the one place where a failure becomes a status.
 */
@NullMarked
package dev.cadenza.server.http;

import org.jspecify.annotations.NullMarked;
