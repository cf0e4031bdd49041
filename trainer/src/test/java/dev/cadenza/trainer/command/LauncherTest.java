package dev.cadenza.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.console.Deserialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What every launcher says to its JVM. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
    private static final Path TEMPLATE = Path.of("..", ".mvn", "launcher", "launcher.sh");

    @TempDir
    private Path home;

    private Path launcher;

    @BeforeEach
    void makeALauncher() throws Exception {
        launcher = Files.createDirectories(home.resolve("a place/bin")).resolve("probe");
        Files.writeString(
                launcher,
                Files.readString(TEMPLATE)
                        .replace("${launcher.name}", "probe")
                        .replace("${launcher.jvm}", "-Xmx64m")
                        .replace("${launcher.small}", "false")
                        .replace("${launcher.main}", "'" + Probe.class.getName() + "'"));
        Path jar = Files.createDirectories(home.resolve("a place/lib")).resolve("probe.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : List.of(Probe.class, Deserialization.class)) {
                String file = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (InputStream in =
                        Objects.requireNonNull(type.getClassLoader().getResourceAsStream(file))) {
                    in.transferTo(out);
                }
            }
        }
    }

    private List<String> launched(Map<String, String> environment, String arg) throws Exception {
        // An argument as printf writes it, since this JVM's own locale may not know its characters.
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", "sh \"$0\" \"$(printf \"$1\")\"", launcher.toString(), arg)
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("LANG"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        // Files that a star without quotes would become.
        Files.writeString(home.resolve("!a"), "");
        Process process = builder.directory(home.toFile()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void deserializationIsRefusedWhateverJavaOptsSay() throws Exception {
        assertThat(launched(Map.of(), "x")).contains("refused").hasSize(4);
        assertThat(launched(Map.of("JAVA_OPTS", "-Djdk.serialFilter=* -Dx=y -Xss1m"), "x"))
                .contains("refused");
    }

    @Test
    void deserializationIsRefusedWithoutALauncher() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                home.resolve("a place/lib/probe.jar").toString(),
                Probe.class.getName(),
                "own");
        String printed = new String(
                builder.redirectErrorStream(true).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed.lines()).contains("refused");
    }

    @Test
    void namesOfFilesAreUtf8InAnEmptyLocale() throws Exception {
        for (Map<String, String> locale : List.of(
                Map.<String, String>of(), Map.of("LC_ALL", "C"), Map.of("LC_ALL", "POSIX"), Map.of("LANG", "C"))) {
            assertThat(launched(locale, "Gr\\303\\266\\303\\237e"))
                    .as(locale.toString())
                    .contains("UTF-8", "Gr\\xF6\\xDFe");
        }
    }

    /** The program that is launched. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] args) throws Exception {
            if (args.length > 0 && args[0].equals("own")) {
                Deserialization.refuse();
            }
            // As each main does, which must not mind that the launcher has set a filter.
            Deserialization.refuse();
            System.out.println(ObjectInputFilter.Config.getSerialFilter());
            System.out.println(System.getProperty("sun.jnu.encoding"));
            for (String arg : args) {
                StringBuilder escaped = new StringBuilder();
                arg.chars().forEach(c -> escaped.append(c < 0x80 ? "" + (char) c : "\\x%02X".formatted(c)));
                System.out.println(escaped);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(new ArrayList<>(List.of("x")));
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                System.out.println("read " + in.readObject());
            } catch (InvalidClassException e) {
                System.out.println("refused");
            }
        }
    }
}
