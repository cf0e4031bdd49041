/** The command line: {@link dev.cadenza.server.command.ServerMain} serves, {@link dev.cadenza.server.command.GenerateCommand} plays. */
@NullMarked
package dev.cadenza.server.command;

import org.jspecify.annotations.NullMarked;
