package dev.cadenza.trainer.study.report;

import dev.cadenza.files.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * A report in a folder: Markdown in {@code REPORT.md}, figures in {@code figures/}, tables again in {@code csv/}. Text is
 * ASCII: anything else is refused, so that every minus sign can be searched for.
 */
public final class Report {
    private static final String FILE = "REPORT.md";

    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    /** A report in that folder, which is made when absent. */
    public Report(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("figures"));
        Files.createDirectories(folder.resolve("csv"));
    }

    /** A heading of level 1..6. */
    public Report heading(int level, String words) {
        text.append("#".repeat(level)).append(' ').append(words).append("\n\n");
        return this;
    }

    /** A paragraph. */
    public Report paragraph(String words) {
        text.append(words).append("\n\n");
        return this;
    }

    /** Items of a list. */
    public Report list(List<String> items) {
        items.forEach(item -> text.append("- ").append(item).append('\n'));
        text.append('\n');
        return this;
    }

    /** A command, as it is typed. */
    public Report command(String line) {
        text.append("```sh\n").append(line).append("\n```\n\n");
        return this;
    }

    /** A table; the same as {@code csv/<name>.csv}. */
    public <R> Report table(String name, Columns<R> columns, List<R> rows) throws IOException {
        return table(name, columns.header(), rows.stream().map(columns::cells).toList());
    }

    Report table(String name, List<String> header, List<List<String>> rows) throws IOException {
        row(header);
        text.append("|").append("---|".repeat(header.size())).append('\n');
        rows.forEach(this::row);
        text.append('\n');
        csv(name, header, rows);
        return this;
    }

    private void row(List<String> cells) {
        text.append("| ");
        text.append(String.join(
                " | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
        text.append(" |\n");
    }

    /** Figures that the text does not show whole, as {@code csv/<name>.csv}. */
    public <R> Report csv(String name, Columns<R> columns, List<R> rows) throws IOException {
        return csv(name, columns.header(), rows.stream().map(columns::cells).toList());
    }

    Report csv(String name, List<String> header, List<List<String>> rows) throws IOException {
        StringWriter csv = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(csv, CsvRows.FORMAT)) {
            printer.printRecord(header);
            for (List<String> row : rows) {
                for (String cell : row) {
                    // An empty text at the start of a row would be quoted.
                    printer.print(cell.isEmpty() ? null : cell);
                }
                printer.println();
            }
        }
        write(folder.resolve("csv").resolve(name + ".csv"), csv.toString());
        return this;
    }

    /** A figure, {@code figures/<name>.svg}. */
    public Report figure(String name, String caption, String svg) throws IOException {
        write(folder.resolve("figures").resolve(name + ".svg"), svg);
        text.append("![").append(caption).append("](figures/").append(name).append(".svg)\n\n");
        text.append("*").append(caption).append("*\n\n");
        return this;
    }

    /** Writes {@code REPORT.md}. */
    public void write() throws IOException {
        write(folder.resolve(FILE), text.toString());
    }

    private static void write(Path path, String content) throws IOException {
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) > '~') {
                throw new IllegalStateException(path + ": character " + (int) content.charAt(i) + " of \""
                        + content.substring(Math.max(0, i - 20), i + 1) + "\" is not ASCII");
            }
        }
        WholeFile.write(path, content);
    }
}
