package dev.cadenza.trainer.study.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
    private record Loss(
            String model, long notes, double mse, @Nullable Double snr) {}

    private static final Columns<Loss> COLUMNS = Columns.of(Loss.class)
            .text("model", Loss::model)
            .whole("notes", Loss::notes)
            .grouped("notes, grouped", Loss::notes)
            .number("mse", "%.3f", Loss::mse)
            .figure("snr", "%.1f dB", Loss::snr);

    @Test
    void cellsStandUnderTheirNames() {
        assertThat(COLUMNS.header()).containsExactly("model", "notes", "notes, grouped", "mse", "snr");
        assertThat(COLUMNS.cells(new Loss("LSTM", 12345, 0.0126, 11.26)))
                .containsExactly("LSTM", "12345", "12,345", "0.013", "11.3 dB");
    }

    @Test
    void aFigureThatIsMissingIsADash() {
        assertThat(COLUMNS.cells(new Loss("LSTM", 0, Double.NaN, null))).containsExactly("LSTM", "0", "0", "NaN", "-");
        assertThat(COLUMNS.cells(new Loss("LSTM", 0, 0, Double.NaN))).endsWith("-");
        assertThat(COLUMNS.cells(new Loss("LSTM", 0, 0, Double.NEGATIVE_INFINITY)))
                .endsWith("-");
    }

    @Test
    void columnsWithOneMoreAreOthers() {
        Columns<Loss> more = COLUMNS.text("mark", row -> "!");

        assertThat(COLUMNS.header()).hasSize(5);
        assertThat(more.header()).hasSize(6).endsWith("mark");
    }

    @Test
    void aTextTableIsReadByNamesWhateverTheOrder() {
        Columns<Loss> columns =
                Columns.of(Loss.class).number("mse", "%.2f", Loss::mse).text("model", Loss::model);
        TextTable table = TextTable.of(columns, List.of(new Loss("a", 1, 0.25, null), new Loss("b", 1, 0.5, null)));

        assertThat(table.cells()).containsExactly("0.25", "a", "0.50", "b");
        assertThat(table.rows(row -> new Loss(row.text("model"), 1, row.number("mse"), null)))
                .containsExactly(new Loss("a", 1, 0.25, null), new Loss("b", 1, 0.5, null));
    }

    @Test
    void aRowThatIsNotWholeIsLeftOut() {
        TextTable table = new TextTable(List.of("update", "mse"), List.of("1", "0.5", "2"));

        assertThat(table.rows(row -> row.whole("update"))).containsExactly(1L);
        assertThat(new TextTable(List.of(), List.of()).rows(TextRow::cells)).isEmpty();
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetween() {
        assertThat(Figures.median(new double[] {3, 1, 2})).isEqualTo(2);
        assertThat(Figures.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
        assertThat(Figures.median(new double[] {-7.5})).isEqualTo(-7.5);
    }
}
