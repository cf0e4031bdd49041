package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    private Path folder = Path.of("");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(standardError);
    }

    private String logged() {
        String text = log.toString(StandardCharsets.UTF_8);
        log.reset();
        return text;
    }

    private Path write(String text, String permissions) throws Exception {
        Path file = folder.resolve("secrets");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private WatchedFile<String> open(Path file) throws StartException {
        return WatchedFile.open(
                "--secrets",
                file,
                from -> {
                    reads.incrementAndGet();
                    String text = Files.readString(from);
                    if (text.startsWith("bad")) {
                        throw new IllegalArgumentException("line 1 is bad");
                    }
                    return text;
                },
                clock::get);
    }

    private void aSecondPasses() {
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void isReadAgainWhenItHasChangedAndNotMoreOftenThanThat() throws Exception {
        Path file = write("one", "rw-------");
        WatchedFile<String> watched = open(file);
        write("three", "rw-------");
        assertThat(watched.get()).as("within a second").isEqualTo("one");
        aSecondPasses();
        assertThat(watched.get()).isEqualTo("three");
        for (int i = 0; i < 5; i++) {
            aSecondPasses();
            assertThat(watched.get()).isEqualTo("three");
        }
        assertThat(reads).hasValue(2);
        // As an editor or Kubernetes does it.
        Path other = Files.writeString(folder.resolve("new"), "three");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        aSecondPasses();
        assertThat(watched.get()).isEqualTo("three");
        assertThat(reads).hasValue(3);
    }

    @Test
    void whatCannotBeUsedLeavesTheOldOneAndIsToldOnce() throws Exception {
        Path file = write("one", "rw-------");
        WatchedFile<String> watched = open(file);
        write("bad!", "rw-------");
        for (int i = 0; i < 3; i++) {
            aSecondPasses();
            assertThat(watched.get()).isEqualTo("one");
        }
        assertThat(logged().lines()).singleElement().asString().contains("--secrets", "line 1 is bad", "stays");
        Files.delete(file);
        for (int i = 0; i < 3; i++) {
            aSecondPasses();
            assertThat(watched.get()).isEqualTo("one");
        }
        assertThat(logged().lines()).singleElement().asString().contains("can no longer be read");
        write("two", "rw-------");
        aSecondPasses();
        assertThat(watched.get()).isEqualTo("two");
        write("evil", "rw-----w-");
        aSecondPasses();
        assertThat(watched.get()).isEqualTo("two");
        assertThat(logged()).contains("may write it");
        write("evil", "rw-r-----");
        aSecondPasses();
        assertThat(watched.get()).isEqualTo("evil");
    }

    @Test
    void whatEverybodyMayWriteIsRefusedAndWhatEverybodyMayReadIsWarnedOf() throws Exception {
        assertThatThrownBy(() -> open(write("one", "rw-rw-rw-")))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("--secrets", "may write it", "chmod o-w");
        assertThat(open(write("one", "rw-rw----")).get()).isEqualTo("one");
        assertThat(logged()).isEmpty();
        assertThat(open(write("one", "rw-r--r--")).get()).isEqualTo("one");
        assertThat(logged().lines()).singleElement().asString().contains("may read it", "chmod o-r");
    }

    @Test
    void whatIsNotThereIsToldAtTheStart() {
        assertThatThrownBy(() -> open(folder.resolve("none")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot be read");
    }
}
