/** The command line: {@link dev.cadenza.server.ServerMain} serves, {@link dev.cadenza.server.GenerateCommand} plays. */
@NullMarked
package dev.cadenza.server;

import org.jspecify.annotations.NullMarked;
