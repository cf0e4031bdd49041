package dev.cadenza.trainer.study.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Report report;

    @BeforeEach
    void makeReport() throws IOException {
        folder = temporary.resolve("a/report");
        report = new Report(folder);
    }

    @Test
    void isMarkdownInTheOrderInWhichItWasTold() throws Exception {
        report.heading(2, "Results")
                .paragraph("Words.")
                .list(List.of("one", "two"))
                .command("trainer study")
                .table("losses", List.of("model", "nats"), List.of(List.of("LSTM", "-6.1"), List.of("BALSTM", "-5")))
                .figure("curve", "A curve.", "<svg/>\n")
                .write();

        assertThat(folder.resolve("REPORT.md")).hasContent("""
                ## Results

                Words.

                - one
                - two

                ```sh
                trainer study
                ```

                | model | nats |
                |---|---|
                | LSTM | -6.1 |
                | BALSTM | -5 |

                ![A curve.](figures/curve.svg)

                *A curve.*

                """);
        assertThat(folder.resolve("figures/curve.svg")).hasContent("<svg/>\n");
        assertThat(folder.resolve("csv/losses.csv")).hasContent("model,nats\nLSTM,-6.1\nBALSTM,-5\n");
    }

    @Test
    void aTableCellKeepsItsBars() throws Exception {
        report.table("bars", List.of("p(x|y)"), List.of(List.of("|x|"))).write();

        assertThat(folder.resolve("REPORT.md")).hasContent("""
                | p(x\\|y) |
                |---|
                | \\|x\\| |

                """);
        assertThat(folder.resolve("csv/bars.csv")).hasContent("p(x|y)\n|x|\n");
    }

    @Test
    void csvCellsAreQuotedWhereTheyMustBe() throws Exception {
        report.csv(
                "quotes",
                List.of("plain", "a,b"),
                List.of(List.of("say \"hi\"", "two\nlines"), List.of("", "semi;colon 'n'"), List.of("\r", "\"")));

        assertThat(folder.resolve("csv/quotes.csv"))
                .hasContent("plain,\"a,b\"\n"
                        + "\"say \"\"hi\"\"\",\"two\nlines\"\n"
                        + ",semi;colon 'n'\n"
                        + "\"\r\",\"\"\"\"\n");
        assertThat(folder.resolve("REPORT.md")).doesNotExist();
    }

    @Test
    void refusesTextThatIsNotAscii() {
        report.paragraph("a loss of \u2212 6.1");

        assertThatThrownBy(report::write)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(folder.resolve("REPORT.md").toString())
                .hasMessageContaining("8722")
                .hasMessageContaining("a loss of");
        assertThat(folder.resolve("REPORT.md")).doesNotExist();
    }

    @Test
    void refusesTablesAndFiguresThatAreNotAscii() {
        assertThatThrownBy(() -> report.table("dvorak", List.of("name"), List.of(List.of("Dvo\u0159\u00e1k"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dvorak.csv");
        assertThatThrownBy(() -> report.csv("e", List.of("\u00e9"), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("e.csv");
        assertThatThrownBy(() -> report.figure("delete", "A curve.", "<svg>\u007f</svg>"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("delete.svg");
        assertThat(folder.resolve("csv")).isEmptyDirectory();
        assertThat(folder.resolve("figures")).isEmptyDirectory();
    }
}
