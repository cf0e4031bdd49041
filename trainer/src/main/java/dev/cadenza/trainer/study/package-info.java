/**
 * The source paper's study, done again. A {@link dev.cadenza.trainer.study.StudyPart} is an {@link
 * dev.cadenza.trainer.study.Experiment}, which trains and measures, and a {@link dev.cadenza.trainer.study.Section} of the
 * report, which shows what was found. Between them lie {@link dev.cadenza.trainer.study.Cells}: results as files, each read
 * into a record by its {@link dev.cadenza.trainer.study.Cell}. {@link dev.cadenza.trainer.study.Study} runs all of it.
 *
 * <p>From the ground up: {@code report}, which writes files; this package, with what changes the notes of a corpus;
 * {@code result}, the records; {@code experiment} and {@code section}, which do not know each other. The command names
 * them all.
 *
 * <p>The blind listening test: {@link dev.cadenza.trainer.study.ListeningPage} makes a page of clips, and {@link
 * dev.cadenza.trainer.study.ListeningRatings} reads the ratings that listeners left.
 */
@NullMarked
package dev.cadenza.trainer.study;

import org.jspecify.annotations.NullMarked;
