/**
 * Reads trained DL4J networks. {@link dev.cadenza.exporter.network.PaperNetwork} takes the seed's network apart, {@link
 * dev.cadenza.exporter.network.PerformerNetwork} a performer's, or they say by name what they cannot translate.
 */
@NullMarked
package dev.cadenza.exporter.network;

import org.jspecify.annotations.NullMarked;
