/**
 * From what a caller sent, as JSON, query or command line, to a checked {@link
 * dev.cadenza.server.request.ModelRequest}. Start at {@link dev.cadenza.server.request.GenerateRequestReader}; {@link
 * dev.cadenza.server.request.Fields} is what it reads from, {@link dev.cadenza.server.request.Controls} says what a model
 * can be asked.
 */
@NullMarked
package dev.cadenza.server.request;

import org.jspecify.annotations.NullMarked;
