/**
 * What more than one module needs of files: {@link dev.cadenza.files.WholeFile} replaces one in one step, {@link
 * dev.cadenza.files.LockFile} lets one process at a time have one, {@link dev.cadenza.files.Sha256} hashes. Depends on
 * nothing.
 */
@NullMarked
package dev.cadenza.files;

import org.jspecify.annotations.NullMarked;
