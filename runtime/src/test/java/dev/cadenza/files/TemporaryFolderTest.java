package dev.cadenza.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryFolderTest {
    private static final String PROPERTY = "java.io.tmpdir";

    @TempDir
    private Path root = Path.of("");

    private String before = "";

    @BeforeEach
    void use() {
        before = System.getProperty(PROPERTY);
        System.setProperty(PROPERTY, root.toString());
    }

    @AfterEach
    void back() {
        System.setProperty(PROPERTY, before);
    }

    /** A process that makes a folder with a file, says which and waits to be killed. */
    public static final class Owner {
        private Owner() {}

        public static void main(String[] args) throws Exception {
            TemporaryFolder folder = new TemporaryFolder("owned");
            Files.writeString(folder.path().resolve("content"), "some");
            System.out.println(folder.path());
            Thread.sleep(120_000);
        }
    }

    private record Running(Process process, Path folder) {}

    private Running owner() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + root,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new Running(process, Path.of(String.valueOf(said)));
    }

    @Test
    void sweepsWhatAKilledProcessLeftAndNothingElse() throws Exception {
        Running killed = owner();
        Running living = owner();
        Path unmarked = Files.createDirectory(root.resolve("owned-by-another-program"));
        Files.writeString(unmarked.resolve("content"), "some");
        try (TemporaryFolder own = new TemporaryFolder("owned")) {
            Files.writeString(own.path().resolve("content"), "some");
            killed.process.destroyForcibly().waitFor();
            assertThat(killed.folder.resolve("content")).exists();

            assertThat(TemporaryFolder.sweep("owned")).isEqualTo(1);
            assertThat(killed.folder).doesNotExist();
            assertThat(living.folder.resolve("content")).exists();
            assertThat(own.path().resolve("content")).exists();
            assertThat(unmarked.resolve("content")).exists();

            // Looking at a living process's mark must not have taken its lock away.
            assertThat(TemporaryFolder.sweep("owned")).isZero();
            living.process.destroyForcibly().waitFor();
            assertThat(TemporaryFolder.sweep("owned")).isEqualTo(1);
            assertThat(own.path().resolve("content")).exists();
        } finally {
            killed.process.destroyForcibly();
            living.process.destroyForcibly();
        }
    }

    @Test
    void aMarkThatIsAPipeOrALinkIsNotOpened() throws Exception {
        Path piped = Files.createDirectory(root.resolve("owned-piped"));
        Path linked = Files.createDirectory(root.resolve("owned-linked"));
        Path pipe = piped.resolve(OwnerMark.FILE);
        assumeTrue(makePipe(pipe), "there is no mkfifo");
        Files.createSymbolicLink(linked.resolve(OwnerMark.FILE), pipe);
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> TemporaryFolder.sweep("owned")))
                .isZero();
        assertThat(linked).exists();
    }

    private static boolean makePipe(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void isMadeAgainAndGoesInTheEnd() throws Exception {
        TemporaryFolder folder = new TemporaryFolder("owned");
        Path first = folder.path();
        assertThat(folder.path()).isEqualTo(first);
        TemporaryFolder.discard(first);
        Path second = folder.path();
        assertThat(second).isDirectory();
        Files.writeString(second.resolve("content"), "some");
        folder.close();
        assertThat(second).doesNotExist();
    }

    @Test
    void saysWhatIsInTheWay() throws Exception {
        assertThat(TemporaryFolder.obstacle()).isEmpty();
        assertThat(root).isEmptyDirectory();
        System.setProperty(PROPERTY, root.resolve("none").toString());
        assertThat(TemporaryFolder.obstacle()).contains("does not exist");
        assertThat(TemporaryFolder.sweep("owned")).isZero();
        System.setProperty(
                PROPERTY, Files.writeString(root.resolve("file"), "no folder").toString());
        assertThat(TemporaryFolder.obstacle()).contains("is not a folder");
    }

    @Test
    void aReasonNamesNoPath() {
        assertThat(FileProblem.inBrackets(new IOException("No space left on device")))
                .isEqualTo(" (No space left on device)");
        assertThat(FileProblem.inBrackets(new java.io.FileNotFoundException("/tmp/a/b (Read-only file system)")))
                .isEqualTo(" (Read-only file system)");
        assertThat(FileProblem.inBrackets(
                        new java.nio.file.FileSystemException("/tmp/a", null, "Read-only file system")))
                .isEqualTo(" (Read-only file system)");
        assertThat(FileProblem.inBrackets(new java.nio.file.AccessDeniedException("/tmp/a")))
                .isEqualTo(" (access denied)");
        assertThat(FileProblem.inBrackets(new java.nio.file.NoSuchFileException("/tmp/a")))
                .isEqualTo(" (no such file or folder)");
        assertThat(FileProblem.inBrackets(new IOException("/tmp/a"))).isEmpty();
    }

    @Test
    void aReasonWithoutBracketsIsTheMessage() {
        assertThat(FileProblem.reason(new java.nio.file.AccessDeniedException("a")))
                .isEqualTo("access denied");
        assertThat(FileProblem.reason(new IOException())).isEqualTo("IOException");
    }
}
