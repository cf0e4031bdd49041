/**
 * The catalogue that follows a models folder while it serves. {@link dev.cadenza.server.catalog.LiveCatalog} lends
 * versions and takes orders; one thread of its own looks at the folder, loads and unloads, and shows the outcome to all
 * others by one pointer to a {@code CatalogView} that never changes. A {@code Shelf} decides for one name, a {@code
 * Holding} is one version on it, a {@code Choice} what was ordered for the name and outlives a restart.
 */
@NullMarked
package dev.cadenza.server.catalog;

import org.jspecify.annotations.NullMarked;
