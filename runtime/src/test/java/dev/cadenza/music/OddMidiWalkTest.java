package dev.cadenza.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Walks a folder or zip of odd MIDI files, named by the system property {@value #PROPERTY}, and prints what became of
 * each: tab-separated, {@code file, read, notes, microseconds} or {@code file, refused, byte, why}.
 */
class OddMidiWalkTest {
    static final String PROPERTY = "cadenza.oddmidi";

    private static final List<String> ENDINGS = List.of(".mid", ".midi", ".rmi", ".kar", ".syx");
    private static final MidiReadOptions OPTIONS = new MidiReadOptions(false, MidiLimits.CORPUS);

    @Test
    @Timeout(120)
    void everyFileIsReadOrRefused() throws IOException {
        String place = System.getProperty(PROPERTY, "");
        assumeTrue(!place.isEmpty(), "needs -D" + PROPERTY + "=FOLDER or ZIP of odd MIDI files");
        Path path = Path.of(place);
        if (Files.isDirectory(path)) {
            walk(path);
        } else {
            try (FileSystem zip = FileSystems.newFileSystem(path)) {
                walk(zip.getPath("/"));
            }
        }
    }

    private static void walk(Path root) throws IOException {
        int read = 0;
        int refused = 0;
        StringBuilder report = new StringBuilder();
        for (Path file : filesBelow(root)) {
            report.append(root.relativize(file)).append('\t');
            try {
                Score score = MidiFiles.read(file, OPTIONS);
                report.append("read\t%d\t%d%n".formatted(score.notes().size(), score.durationMicros()));
                assertThat(MidiFiles.write(score)).isNotEmpty();
                read++;
            } catch (MidiFormatException refusal) {
                report.append("refused\t%d\t%s%n".formatted(refusal.offset(), refusal.problem()));
                refused++;
            } catch (RuntimeException crash) {
                fail("crash on " + file, crash);
            }
        }
        System.out.print(report);
        System.out.println(read + refused + " files: " + read + " read, " + refused + " refused");
        assertThat(read + refused).as("files in " + root).isPositive();
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream()
                            .anyMatch(ending ->
                                    file.toString().toLowerCase(Locale.ROOT).endsWith(ending)))
                    .sorted()
                    .toList();
        }
    }
}
