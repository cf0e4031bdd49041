package dev.cadenza.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvRowsTest {
    @TempDir
    private Path temporary;

    private List<List<String>> rows(int keys, int width, String... lines) throws IOException {
        return CsvRows.read(Files.write(temporary.resolve("rows.csv"), List.of(lines)), keys, width);
    }

    @Test
    void theLastRowOfAKeyCounts() throws Exception {
        assertThat(rows(1, 3, "10,1.5,a", "20,2.5,b", "10,3.5,c", "30,4.5,d"))
                .containsExactly(List.of("10", "3.5", "c"), List.of("20", "2.5", "b"), List.of("30", "4.5", "d"));
    }

    @Test
    void aKeyMayBeSeveralColumns() throws Exception {
        assertThat(rows(2, 3, "x,1,5", "x,2,6", "y,1,7", "x,1,8"))
                .containsExactly(List.of("x", "1", "8"), List.of("x", "2", "6"), List.of("y", "1", "7"));
    }

    @Test
    void rowsThatAreCutShortAreLeftOut() throws Exception {
        assertThat(rows(2, 3, "x,1,5", "", "x", "x,2", "x,2,x,2,6", "y,1,"))
                .containsExactly(List.of("x", "1", "5"), List.of("y", "1", ""));
    }

    @Test
    void thereAreNoRowsWithoutAFile() throws Exception {
        assertThat(CsvRows.read(temporary.resolve("nowhere.csv"), 1, 2)).isEmpty();
    }

    @Test
    void anEmptyCellIsNotANumber() throws Exception {
        List<List<String>> rows = rows(1, 2, "1,0.5", "2,", "3,-1e-3");

        assertThat(CsvRows.column(rows, 1)).containsExactly(0.5, Double.NaN, -1e-3);
        assertThat(CsvRows.column(rows, 0)).containsExactly(1, 2, 3);
    }
}
