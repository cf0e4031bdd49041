package dev.cadenza.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private final AtomicLong clock = new AtomicLong();

    @TempDir
    private Path folder = Path.of("");

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void aSecondLater() {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // An open file cannot be renamed there.
    void aNewFileIsBegunWhenTheOldOneIsRenamedOrDeleted() throws Exception {
        Path path = folder.resolve("access.log");
        try (LogFile log = LogFile.open(path, clock::get)) {
            log.append(line("one"));
            Path rotated = Files.move(path, folder.resolve("access.log.1"));
            log.append(line("two"));
            aSecondLater();
            log.append(line("three"));
            assertThat(rotated).hasContent("one\ntwo");
            assertThat(path).hasContent("three");

            Files.delete(path);
            aSecondLater();
            log.append(line("four"));
            assertThat(path).hasContent("four");

            Files.move(path, rotated, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(path, "by another");
            aSecondLater();
            log.append(line("five"));
            assertThat(path).hasContent("by another\nfive");
        }
    }

    @Test
    void goesOnAfterALineThatWasCutAndAfterOneThatWasNot() throws Exception {
        Path path = Files.writeString(folder.resolve("access.log"), "{\"whole\":1}\n{\"cut");
        for (int start = 0; start < 2; start++) {
            try (LogFile log = LogFile.open(path, clock::get)) {
                log.append(line("start " + start));
            }
        }
        assertThat(path).hasContent("{\"whole\":1}\n{\"cut\nstart 0\nstart 1");
    }

    @Test
    void aFolderThatIsGoneIsNoEnd() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("logs"));
        Path path = inside.resolve("access.log");
        try (LogFile log = LogFile.open(path, clock::get)) {
            Files.delete(path);
            Files.delete(inside);
            aSecondLater();
            log.append(line("lost with the old file"));
            Files.createDirectory(inside);
            aSecondLater();
            log.append(line("here"));
            assertThat(path).hasContent("here");
        }
    }

    /** Fills a small disk with a log and another file, makes room and goes on; the log is its last word. */
    public static final class OnASmallDisk {
        private OnASmallDisk() {}

        public static void main(String[] args) throws Exception {
            Path log = Path.of(args[0], "access.log");
            Path other = Path.of(args[0], "other");
            int number = 0;
            try (LogFile file = LogFile.open(log, System::nanoTime)) {
                for (int round = 0; round < 3; round++) {
                    fill(other);
                    for (int i = 0; i < 200; i++) {
                        file.append(line("{\"number\":" + number++ + ",\"text\":\"" + "x".repeat(i % 97) + "\"}"));
                    }
                    Files.delete(other);
                    file.append(line("{\"number\":" + number++ + ",\"text\":\"room again\"}"));
                }
            }
            Files.copy(log, System.out);
            System.out.flush();
        }

        private static void fill(Path file) throws IOException {
            Files.createFile(file);
            try {
                while (true) {
                    Files.write(file, new byte[4096], java.nio.file.StandardOpenOption.APPEND);
                }
            } catch (IOException e) {
                // Full, as it is to be.
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noLineIsTornOnAFullDiskAndItGoesOnWhenThereIsRoom() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "needs unshare and mount");
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        "unshare",
                        "-rm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=64k none '" + folder + "' || exit 77; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnASmallDisk.class.getName(),
                        folder.toString())
                .redirectOutput(out.toFile())
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() != 77 && !err.contains("unshare failed"), "needs to mount: " + err);
        List<String> lines = Files.readAllLines(out);
        assertThat(process.exitValue()).as(err).isZero();
        assertThat(lines).hasSizeBetween(4, 602);
        assertThat(lines).allMatch(line -> line.matches("\\{\"number\":[0-9]+,\"text\":\"[x a-z]*\"}"));
        assertThat(lines.stream().filter(line -> line.contains("room again"))).hasSize(3);
        assertThat(err).contains("the access log cannot be written").containsPattern("[0-9]+ of its lines were lost");
    }
}
