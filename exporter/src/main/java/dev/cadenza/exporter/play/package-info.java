/** Pieces of a model as MIDI files: {@code exporter play}. */
@NullMarked
package dev.cadenza.exporter.play;

import org.jspecify.annotations.NullMarked;
