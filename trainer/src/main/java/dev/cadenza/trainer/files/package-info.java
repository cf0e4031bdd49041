/** Files that are there whole or not at all: {@link dev.cadenza.trainer.files.WholeFile}. */
@NullMarked
package dev.cadenza.trainer.files;

import org.jspecify.annotations.NullMarked;
