/**
 * Tables of typed rows: {@link dev.cadenza.trainer.report.table.Columns} makes text of them, {@link
 * dev.cadenza.trainer.report.table.CsvRows} and {@link dev.cadenza.trainer.report.table.TextTable} read it again. Columns are
 * known by their names, never by where they stand.
 */
@NullMarked
package dev.cadenza.trainer.report.table;

import org.jspecify.annotations.NullMarked;
