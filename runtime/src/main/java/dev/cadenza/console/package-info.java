/**
 * What the three launchers share at the command line: {@link dev.cadenza.console.ProgressBar} for anything that may
 * take longer than two seconds, and the {@link dev.cadenza.console.ExitCode exit codes}. Depends on nothing.
 */
@NullMarked
package dev.cadenza.console;

import org.jspecify.annotations.NullMarked;
