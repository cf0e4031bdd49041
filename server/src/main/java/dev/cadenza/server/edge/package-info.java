/** What the build needs to pack the server for one device: the archive's parts are staged here, Maven packs them. */
@NullMarked
package dev.cadenza.server.edge;

import org.jspecify.annotations.NullMarked;
