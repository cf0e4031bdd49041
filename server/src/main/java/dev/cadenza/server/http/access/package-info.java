/** Who may ask what and how often, and the logs of it: keys, rates, client addresses, the access log and the audit log. */
@NullMarked
package dev.cadenza.server.http.access;

import org.jspecify.annotations.NullMarked;
