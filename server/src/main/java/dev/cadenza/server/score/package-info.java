/** An addition that works on a piece of the client's: {@code /v1/score} says how likely a model finds it, {@code /v1/humanize} plays it with feeling. */
@NullMarked
package dev.cadenza.server.score;

import org.jspecify.annotations.NullMarked;
