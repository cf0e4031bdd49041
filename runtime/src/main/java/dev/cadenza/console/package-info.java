/**
 * What the three launchers share at the command line: {@link dev.cadenza.console.ProgressBar} for anything that may
 * take longer than two seconds, {@link dev.cadenza.console.UsageError} for a wrong command line, and the {@link
 * dev.cadenza.console.ExitCode exit codes}. A library that depends on this module gets no picocli, and only {@code
 * UsageError} needs it. Depends on files.
 */
@NullMarked
package dev.cadenza.console;

import org.jspecify.annotations.NullMarked;
