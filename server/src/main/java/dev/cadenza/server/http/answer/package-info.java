/** Answers: which media type a client accepts, entity tags, streams, and failures as problems. */
@NullMarked
package dev.cadenza.server.http.answer;

import org.jspecify.annotations.NullMarked;
