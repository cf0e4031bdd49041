/**
 * The command line: {@link dev.cadenza.trainer.command.TrainerMain} and one class per command.
 */
@NullMarked
package dev.cadenza.trainer.command;

import org.jspecify.annotations.NullMarked;
