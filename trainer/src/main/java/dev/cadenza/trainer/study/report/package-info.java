/**
 * Reports as files: Markdown with tables ({@link dev.cadenza.trainer.study.report.Report}), figures as SVG ({@link dev.cadenza.trainer.study.report.LineChart}, {@link dev.cadenza.trainer.study.report.RollPicture}) and CSV. No font is needed: a browser brings its
 * own.
 *
 * <p>Tables are made of typed rows: {@link dev.cadenza.trainer.study.report.Columns} makes text of them, {@link dev.cadenza.trainer.study.report.CsvRows} and {@link dev.cadenza.trainer.study.report.TextTable} read it again. Columns are known by their names, never
 * by where they stand.
 */
@NullMarked
package dev.cadenza.trainer.study.report;

import org.jspecify.annotations.NullMarked;
