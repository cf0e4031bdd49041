package dev.cadenza.onnx.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadenza.onnx.GraphSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which the library cannot be loaded, each in a process of its own; those that need a mount on Linux. */
@Timeout(120)
class NativeLibraryTest {
    @TempDir
    private Path folder = Path.of("");

    /** Loads, says how that went, and runs nothing. */
    public static final class Load {
        private Load() {}

        public static void main(String[] args) {
            String last = "";
            for (int i = 0; i < 2; i++) {
                try {
                    NativeLibrary.load();
                    System.out.println("version " + GraphSession.runtimeVersion());
                    return;
                } catch (NativeLibraryException e) {
                    String line = e.getMessage() + "\n" + e.explanation();
                    if (!line.equals(last)) {
                        System.out.println(line);
                    }
                    last = line;
                }
            }
        }
    }

    private List<String> java(String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
        return command;
    }

    private List<String> run(List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(out).stream()
                // The JVM's own remark about a file that is not a library.
                .filter(line -> !line.contains("stack guard") && !line.contains("execstack"))
                .toList();
    }

    private static void assertFails(List<String> said, String why, Path... unnamed) {
        assertThat(said).as("cause, then cause and remedy").hasSize(2);
        assertThat(said.get(0)).contains(NativeLibraryException.WHAT).contains(why);
        assertThat(said.get(1))
                .startsWith(said.get(0))
                .hasSizeGreaterThan(said.get(0).length() + 20);
        for (Path path : unnamed) {
            assertThat(said.get(0)).doesNotContain(path.toString());
            assertThat(said.get(1)).contains(path.toString());
        }
    }

    @Test
    void isLoadedAndLeavesNoFolder() throws Exception {
        assertThat(run(java("-Djava.io.tmpdir=" + folder)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("version 1.");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(path -> Files.isDirectory(path))).isEmpty();
        }
    }

    @Test
    void withoutAFolderForTemporaryFiles() throws Exception {
        Path none = folder.resolve("none");
        assertFails(run(java("-Djava.io.tmpdir=" + none)), "does not exist", none);
    }

    @Test
    void whereTheLibrariesLieReadyNoTemporaryFolderIsNeeded() throws Exception {
        Path natives = natives(folder.resolve("natives"));
        Path none = folder.resolve("none");
        assertThat(run(java(
                        "-Djava.io.tmpdir=" + none,
                        "-Donnxruntime.native.path=" + natives,
                        "-Djava.library.path=" + natives)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("version 1.");
        assertFails(
                run(java("-Djava.io.tmpdir=" + none, "-Donnxruntime.native.path=" + natives)), "does not exist", none);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLibraryOfAnotherSystem() throws Exception {
        Path natives = Files.createDirectory(folder.resolve("natives"));
        assertFails(run(java("-Donnxruntime.native.path=" + natives)), "there is no such file", natives);
        Files.write(natives.resolve("libonnxruntime.so"), new byte[1000]);
        assertFails(run(java("-Donnxruntime.native.path=" + natives)), "does not fit this system", natives);
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource({
        "noexec, does not let what lies there be executed",
        "ro, cannot be written to (Read-only file system)",
        "size=1m, cannot be unpacked into the folder for temporary files (No space left on device)",
        "'size=20m', cannot be unpacked into the folder for temporary files (No space left on device)",
    })
    void aFolderForTemporaryFilesMountedSoThat(String options, String why) throws Exception {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        assumeTrue(canMount(), "needs unshare and mount");
        assertFails(run(inMount(options, mounted, java("-Djava.io.tmpdir=" + mounted))), why, mounted);
    }

    private boolean canMount() throws Exception {
        Path mounted = Files.createDirectories(folder.resolve("trial"));
        return Files.isExecutable(Path.of("/usr/bin/unshare"))
                && run(inMount("ro", mounted, List.of("echo", "good"))).equals(List.of("good"));
    }

    /** The command where a file system in memory is mounted, which goes with it. */
    private static List<String> inMount(String options, Path at, List<String> command) {
        List<String> whole = new ArrayList<>(List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o " + options + " none '" + at + "' && exec \"$@\"",
                "sh"));
        whole.addAll(command);
        return whole;
    }

    private static Path natives(Path folder) throws IOException {
        Files.createDirectories(folder);
        String platform = "/ai/onnxruntime/native/" + platform() + "/";
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String file = System.mapLibraryName(name);
            try (InputStream in = ai.onnxruntime.OrtSession.class.getResourceAsStream(platform + file)) {
                assumeTrue(in != null, "the jar has no " + platform + file);
                Files.write(folder.resolve(file), in.readAllBytes());
            }
        }
        return folder;
    }

    private static String platform() {
        String os = System.getProperty("os.name");
        String name = os.startsWith("Windows") ? "win" : os.startsWith("Mac") ? "osx" : "linux";
        return name + (System.getProperty("os.arch").equals("aarch64") ? "-aarch64" : "-x64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/tmp/x/libonnxruntime.so: /tmp/x/libonnxruntime.so: invalid ELF header|invalid ELF header",
                "/tmp/x/lib.so: Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by"
                        + " /tmp/x/lib.so)|Error loading shared library ld-linux-x86-64.so.2: No such file or directory",
                "/tmp/x y/lib.so: version `GLIBC_2.27' not found|version `GLIBC_2.27' not found",
                "/a|no reason is given",
            })
    void theLinkersWordsLoseTheirPaths(String said, String kept) {
        assertThat(LoadFailure.withoutPaths(said)).isEqualTo(kept);
    }
}
