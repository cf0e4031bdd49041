/**
 * Updates of one network computed by several threads: {@link dev.cadenza.trainer.parallel.Replicas}.
 *
 * <p>The rule. A batch is cut into shares of whole rows, one a replica, in order. Every replica sees the same parameters
 * (one array, shared), computes the gradient of its share's summed loss, and the gradients are added in the shares' order
 * to that of the first. DL4J then divides by the rows of all shares and lets its updater make one step. So an update is
 * that of a single network over the whole batch, up to the order of additions, and the same numbers come back on every
 * run with as many replicas. Dropout is the exception: a replica draws its own mask, seeded by update and share, so that
 * other numbers of replicas give other masks.
 */
@NullMarked
package dev.cadenza.trainer.parallel;

import org.jspecify.annotations.NullMarked;
