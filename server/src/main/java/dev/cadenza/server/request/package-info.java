/**
 * From what a caller sent, as JSON, query or command line, to a checked
 * {@link dev.cadenza.server.request.GenerateRequest}. Start at {@link dev.cadenza.server.request.GenerateRequestReader};
 * {@link dev.cadenza.server.request.Fields} is what it reads from.
 */
@NullMarked
package dev.cadenza.server.request;

import org.jspecify.annotations.NullMarked;
