/**
 * Reports as files: Markdown with tables ({@link dev.cadenza.trainer.report.Report}), figures as SVG ({@link
 * dev.cadenza.trainer.report.LineChart}, {@link dev.cadenza.trainer.report.RollPicture}) and CSV. No font is needed: a
 * browser brings its own. Tables are made of the typed rows of {@code table}.
 */
@NullMarked
package dev.cadenza.trainer.report;

import org.jspecify.annotations.NullMarked;
