package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.server.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Flags go before the environment, that before the file, that before the default. */
class SettingSourcesTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    /** What one setting came to. */
    private String effective(String setting, Map<String, String> environment, String... args) throws Exception {
        CommandLine command = ServerMain.commandLine(environment);
        SettingSources sources = SettingSources.of(args, environment, command.getCommandSpec());
        command.getCommandSpec().defaultValueProvider(sources);
        CommandLine.ParseResult parsed = command.parseArgs(args);
        return sources.effective(parsed, command.getCommandSpec()).stream()
                .map(String::strip)
                .filter(line -> line.startsWith(setting + " = "))
                .findFirst()
                .orElse("");
    }

    private int run(Map<String, String> environment, String... args) throws Exception {
        CommandLine command = ServerMain.commandLine(environment).setErr(new PrintWriter(err));
        ServerMain.configure(command, environment, args);
        return command.execute(args);
    }

    @Test
    void eachSourceGoesBeforeTheNext() throws Exception {
        Path file = Files.writeString(folder.resolve("server.properties"), "port = 1111\nstreams = 7\n");
        String config = "--config=" + file;
        Map<String, String> port = Map.of("CADENZA_PORT", "2222");
        assertThat(effective("port", Map.of())).isEqualTo("port = 8080  (default)");
        assertThat(effective("port", Map.of(), config)).isEqualTo("port = 1111  (" + file + ")");
        assertThat(effective("streams", port, "--config", file.toString())).isEqualTo("streams = 7  (" + file + ")");
        assertThat(effective("port", port, config)).isEqualTo("port = 2222  (CADENZA_PORT)");
        assertThat(effective("port", port, config, "--port", "3333")).isEqualTo("port = 3333  (flag)");
        assertThat(effective("streams", Map.of("CADENZA_CONFIG", file.toString())))
                .isEqualTo("streams = 7  (" + file + ")");
    }

    @Test
    void aBadValueIsNamedWithWhereItComesFrom() throws Exception {
        assertThat(run(Map.of("CADENZA_ADMIN_PORT", "abc"))).isEqualTo(2);
        assertThat(err.toString()).startsWith("CADENZA_ADMIN_PORT: ").contains("abc");
        Path file = Files.writeString(folder.resolve("server.properties"), "device = tpu\n");
        err.getBuffer().setLength(0);
        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(file + ": ").contains("tpu");
    }

    @Test
    void whatIsNoSettingIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("server.properties"), "prot = 1\n");
        assertThatThrownBy(() -> effective("port", Map.of(), "--config", file.toString()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no setting 'prot'")
                .hasMessageContaining("port");
        assertThatThrownBy(() -> effective(
                        "port", Map.of(), "--config", folder.resolve("none").toString()))
                .hasMessageContaining("cannot be read");
        CommandLine command = ServerMain.commandLine();
        SettingSources sources = SettingSources.of(
                new String[0],
                Map.of("CADENZA_PROT", "1", "CADENZA_ADMIN_TOKEN", "x", "PATH", "y"),
                command.getCommandSpec());
        assertThat(sources.unknownVariables(command.getCommandSpec())).containsExactly("CADENZA_PROT");
    }

    @Test
    void aCommandWithoutHttpTakesTheModelsFolderToo() throws Exception {
        Path out = folder.resolve("x.mid");
        assertThat(run(
                        Map.of("CADENZA_MODELS", TinyModel.models().toString(), "CADENZA_PORT", "77"),
                        "generate",
                        "--seed",
                        "7",
                        "--notes",
                        "3",
                        "-o",
                        out.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out).isNotEmptyFile();
    }
}
