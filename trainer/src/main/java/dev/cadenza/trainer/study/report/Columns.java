package dev.cadenza.trainer.study.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, each a name and what it shows of a row. Immutable: every method that adds one returns new
 * columns.
 *
 * <pre>{@code
 * Columns<Loss> columns = Columns.of(Loss.class).whole("update", Loss::update).number("mse", "%.5f", Loss::mse);
 * }</pre>
 *
 * @param <R> a row
 */
public final class Columns<R> {
    private record Column<R>(String name, Function<R, String> cell) {}

    private final List<Column<R>> columns;

    private Columns(List<Column<R>> columns) {
        this.columns = columns;
    }

    /** No columns yet, of rows of a type. */
    public static <R> Columns<R> of(Class<R> row) {
        return new Columns<>(List.of());
    }

    /** A column of text. */
    public Columns<R> text(String name, Function<R, String> cell) {
        List<Column<R>> more = new ArrayList<>(columns);
        more.add(new Column<>(name, cell));
        return new Columns<>(List.copyOf(more));
    }

    /** A column of whole numbers, without separators. */
    public Columns<R> whole(String name, ToLongFunction<R> value) {
        return text(name, row -> Long.toString(value.applyAsLong(row)));
    }

    /** A column of whole numbers, thousands apart. */
    public Columns<R> grouped(String name, ToLongFunction<R> value) {
        return text(name, row -> String.format(Locale.ROOT, "%,d", value.applyAsLong(row)));
    }

    /** A column of numbers under a format. */
    public Columns<R> number(String name, String format, ToDoubleFunction<R> value) {
        return text(name, row -> String.format(Locale.ROOT, format, value.applyAsDouble(row)));
    }

    /** A column of numbers under a format; {@code -} where one is missing, null or not finite. */
    public Columns<R> figure(String name, String format, Function<R, @Nullable Double> value) {
        return text(name, row -> Figures.of(format, value.apply(row)));
    }

    /** The names. */
    public List<String> header() {
        return columns.stream().map(Column::name).toList();
    }

    /** What a row shows, in the order of the names. */
    public List<String> cells(R row) {
        return columns.stream().map(column -> column.cell().apply(row)).toList();
    }
}
