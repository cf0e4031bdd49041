/**
 * What more than one module needs of files: {@link dev.cadenza.files.WholeFile} replaces one in one step, {@link
 * dev.cadenza.files.LockFile} lets one process at a time have one, {@link dev.cadenza.files.Sha256} hashes, and
 * {@link dev.cadenza.files.TemporaryFolder} is a folder for temporary files that is swept when its owner is gone. Depends on
 * nothing.
 */
@NullMarked
package dev.cadenza.files;

import org.jspecify.annotations.NullMarked;
