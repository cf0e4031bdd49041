/**
 * The models that are being served and the playing of them, without HTTP: {@link
 * dev.cadenza.server.serving.ModelCatalog} knows what there is and leases it, {@link
 * dev.cadenza.server.serving.GenerationQueue} does the work of requests, a bounded number at once: a {@link
 * dev.cadenza.server.serving.GenerationResult}, a {@link dev.cadenza.server.score.ScoreResult} or a {@link
 * dev.cadenza.server.score.HumanizeResult} comes of it.
 */
@NullMarked
package dev.cadenza.server.serving;

import org.jspecify.annotations.NullMarked;
