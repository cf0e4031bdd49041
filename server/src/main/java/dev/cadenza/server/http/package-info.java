/**
 * HTTP in front of the models. Start at {@link dev.cadenza.server.http.HttpServer}, which owns both listeners;
 * {@link dev.cadenza.server.http.GenerateHandler} is the endpoint that plays, and {@link
 * dev.cadenza.server.http.answer.ProblemResponses} is the one place where a failure becomes a status.
 */
@NullMarked
package dev.cadenza.server.http;

import org.jspecify.annotations.NullMarked;
