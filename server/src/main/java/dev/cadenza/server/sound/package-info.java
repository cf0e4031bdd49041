/** An addition, scores as sound: rendered by the JDK's own synthesizer, kept in files for as long as they are asked for. */
@NullMarked
package dev.cadenza.server.sound;

import org.jspecify.annotations.NullMarked;
