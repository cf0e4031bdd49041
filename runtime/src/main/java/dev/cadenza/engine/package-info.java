/**
 * Many tasks, one model, one thread: {@link dev.cadenza.engine.StepEngine} steps whatever is playing as one batch.
 */
@NullMarked
package dev.cadenza.engine;

import org.jspecify.annotations.NullMarked;
