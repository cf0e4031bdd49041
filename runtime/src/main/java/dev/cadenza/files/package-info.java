/** Files by which processes keep out of each other's way: {@link dev.cadenza.files.LockFile}. Depends on nothing. */
@NullMarked
package dev.cadenza.files;

import org.jspecify.annotations.NullMarked;
