/**
 * What DL4J layers of our own are made of: named row-major parameters in DL4J's flat array, and arrays moved between the
 * heap and ND4J's memory in the order in which they lie there.
 */
@NullMarked
package dev.cadenza.trainer.layer;

import org.jspecify.annotations.NullMarked;
