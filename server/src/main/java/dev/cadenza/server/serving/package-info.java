/**
 * The models that are being served and the playing of them, without HTTP: {@link
 * dev.cadenza.server.serving.ModelCatalog} knows what there is and lends it, {@link
 * dev.cadenza.server.serving.GenerationQueue} plays requests, a bounded number at once, and answers with a {@link
 * dev.cadenza.server.serving.Performance}.
 */
@NullMarked
package dev.cadenza.server.serving;

import org.jspecify.annotations.NullMarked;
