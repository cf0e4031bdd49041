package dev.cadenza.trainer.study.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvRowsTest {
    @TempDir
    private Path temporary;

    /** Columns a, b and c; as many of them are keys. */
    private List<List<String>> rows(int keys, String... lines) throws IOException {
        return read(List.of("a", "b", "c"), keys, lines).stream()
                .map(row -> List.copyOf(row.cells().values()))
                .toList();
    }

    private List<TextRow> read(List<String> columns, int keys, String... lines) throws IOException {
        return CsvRows.read(
                Files.write(temporary.resolve("rows.csv"), List.of(lines)), columns, columns.subList(0, keys));
    }

    @Test
    void theLastRowOfAKeyCounts() throws Exception {
        assertThat(rows(1, "10,1.5,a", "20,2.5,b", "10,3.5,c", "30,4.5,d"))
                .containsExactly(List.of("10", "3.5", "c"), List.of("20", "2.5", "b"), List.of("30", "4.5", "d"));
    }

    @Test
    void aKeyMayBeSeveralColumns() throws Exception {
        assertThat(rows(2, "x,1,5", "x,2,6", "y,1,7", "x,1,8"))
                .containsExactly(List.of("x", "1", "8"), List.of("x", "2", "6"), List.of("y", "1", "7"));
    }

    @Test
    void rowsThatAreCutShortAreLeftOut() throws Exception {
        assertThat(rows(2, "x,1,5", "", "x", "x,2", "x,2,x,2,6", "y,1,"))
                .containsExactly(List.of("x", "1", "5"), List.of("y", "1", ""));
    }

    @Test
    void thereAreNoRowsWithoutAFile() throws Exception {
        assertThat(CsvRows.read(temporary.resolve("nowhere.csv"), List.of("a", "b"), List.of("a")))
                .isEmpty();
    }

    @Test
    void anEmptyCellIsNotANumber() throws Exception {
        List<TextRow> rows = read(List.of("a", "b"), 1, "1,0.5", "2,", "3,-1e-3");

        assertThat(rows.stream().map(row -> row.number("b"))).containsExactly(0.5, Double.NaN, -1e-3);
        assertThat(rows.stream().map(row -> row.whole("a"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aCellIsNamedByAColumnThatIsThere() throws Exception {
        TextRow row = read(List.of("a", "b"), 1, "1,0.5").get(0);

        assertThatThrownBy(() -> row.text("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column (c) must be one of [a, b]");
    }
}
