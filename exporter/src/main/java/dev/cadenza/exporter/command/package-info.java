/**
 * The command line, with picocli: options in, reports out. {@link dev.cadenza.exporter.command.ExporterMain} is the main
 * class. Nothing depends on this package.
 */
@NullMarked
package dev.cadenza.exporter.command;

import org.jspecify.annotations.NullMarked;
