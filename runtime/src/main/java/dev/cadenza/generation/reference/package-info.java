/**
 * In plain Java, how a graph goes from what its network says to a note: tests hold the graphs equal to these samplers.
 */
@NullMarked
package dev.cadenza.generation.reference;

import org.jspecify.annotations.NullMarked;
