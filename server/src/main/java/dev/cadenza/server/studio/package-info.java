/** An addition: the page for browsers at {@code /}, and the lines that curl gets there. */
@NullMarked
package dev.cadenza.server.studio;

import org.jspecify.annotations.NullMarked;
