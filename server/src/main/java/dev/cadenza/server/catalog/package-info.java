/**
 * The catalogue that follows a models folder while it serves. {@link dev.cadenza.server.catalog.LiveCatalog} leases
 * versions and takes commands; one thread of its own looks at the folder, has versions loaded and unloaded, and shows the
 * outcome to all others by one pointer to a {@code CatalogView} that never changes. A {@code ModelVersions} decides for one name, a {@code
 * VersionFolder} is one version on it, a {@code VersionPolicy} what was ordered for the name and outlives a restart.
 * Each version is loaded on a thread of its own ({@code Loads}): one that hangs is left behind when its time is up, and
 * makes way for a command before. {@code LoadMarks} remembers what ended the process.
 */
@NullMarked
package dev.cadenza.server.catalog;

import org.jspecify.annotations.NullMarked;
