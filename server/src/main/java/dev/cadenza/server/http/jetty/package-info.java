/** The web server below the handlers: listening, limits of connections, and bodies that are read and answers that are sent without a waiting thread. */
@NullMarked
package dev.cadenza.server.http.jetty;

import org.jspecify.annotations.NullMarked;
