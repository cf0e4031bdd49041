/**
 * What is asked of a performer and what it is kept from: {@link dev.cadenza.generation.steering.Steering} and {@link
 * dev.cadenza.generation.steering.Guards} are the request, {@link dev.cadenza.generation.steering.PerformerSteering} turns
 * them into bias and controls, step by step. A new guard begins as a field of {@code Guards}.
 */
@NullMarked
package dev.cadenza.generation.steering;

import org.jspecify.annotations.NullMarked;
