/**
 * Reads trained DL4J networks. {@link dev.cadenza.exporter.network.PaperNetwork} takes the seed's network apart, or says
 * by name what it cannot translate.
 */
@NullMarked
package dev.cadenza.exporter.network;

import org.jspecify.annotations.NullMarked;
