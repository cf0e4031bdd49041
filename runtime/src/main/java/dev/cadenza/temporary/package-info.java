/**
 * Folders for temporary files that can be told apart by owner: {@link dev.cadenza.temporary.TemporaryFolder}. Depends on
 * nothing.
 */
@NullMarked
package dev.cadenza.temporary;

import org.jspecify.annotations.NullMarked;
