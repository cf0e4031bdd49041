package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Score;
import dev.cadenza.server.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ServerMainTest {
    private static final MidiReadOptions READ = new MidiReadOptions(false, MidiLimits.PROMPT);

    @TempDir
    private Path folder = Path.of("");

    /** What a command line came to. */
    private record Run(int exit, String out, String err) {}

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = ServerMain.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = command.execute(args);
        return new Run(exit, out.toString(), err.toString());
    }

    private static String models() {
        return TinyModel.models().toString();
    }

    @Test
    void helpNamesEveryFlag() {
        Run help = run("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains("--models", "--port", "--admin-port", "--host", "--admin-host", "--device", "auto|cpu|cuda")
                .contains("--default-model", "--state", "--soundfont", "generate");
        assertThat(run("--version").out()).containsPattern("Cadenza server [0-9].*ONNX Runtime [0-9.]+");
    }

    @ParameterizedTest
    @CsvSource({
        "--port x",
        "--port 65536",
        "--admin-port -1",
        "--poll -1",
        "--streams-per-client 0",
        "--poll 1e9",
        "--poll NaN",
        "--device tpu",
        "--prot 1",
        "serve",
        "generate",
        "generate -o x.mid --notes 0",
        "generate -o x.mid --notes 5 --seconds 5",
        "generate -o x.mid --temperature NaN",
        "generate -o x.mid --seed 1e3",
        "generate -o x.mid --model UPPER",
        "generate -o x.mid --key X",
        "generate -o x.mid --key-strict",
        "generate -o x.mid --top-p 0",
        "generate -o x.mid --min-p 2",
        "generate -o x.mid --density 0.1",
        "--port 80 generate -o x.mid",
    })
    void wrongUsageIsTwo(String args) {
        Run run = run(args.split(" ", -1));
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
        assertThat(run.err().strip().lines()).as(run.err()).hasSizeBetween(2, 4);
        assertThat(run.err()).contains("--help' lists the options").doesNotContain("Usage:");
    }

    @Test
    void whatFailsIsOneAndSaysWhy() throws Exception {
        String none = folder.resolve("none").toString();
        assertFails("there is no models folder", "--models", none);
        assertFails("holds no model", "--models", folder.toString(), "--poll", "0");
        assertFails("can be reached from elsewhere", "--models", models(), "--admin-host", "0.0.0.0");
        assertFails("cannot be read", "--models", models(), "--admin-token-file", none);
        Path shortToken = Files.writeString(folder.resolve("token"), "secret\n");
        assertFails("fewer than 16", "--models", models(), "--admin-token-file", shortToken.toString());
        Path open = Files.writeString(folder.resolve("open"), "a".repeat(20));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertFails("may write it", "--models", models(), "--admin-token-file", open.toString());
        assertFails("may write it", "--models", models(), "--api-keys", open.toString());
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(state.resolve("choices.json"), "{\"format\": 1, ");
        assertFails("choices.json is not JSON", "--models", models(), "--state", state.toString());
        assertFails("is not a file", "--models", models(), "--soundfont", none);
        assertFails("is not a folder", "--models", models(), "--state", none);
        assertFails(
                "other is not in it; there are the models tiny-paper",
                "--models",
                models(),
                "--default-model",
                "other");
        assertFails("there is no such host", "--models", models(), "--host", "no.such.host.invalid");
        assertFails("no such file", "generate", "--models", models(), "-o", "x.mid", "--prompt", none);
        assertFails(
                "no such model; there are the models tiny-paper",
                "generate",
                "--models",
                models(),
                "-o",
                "x.mid",
                "--model",
                "other");
        assertFails("cannot write", "generate", "--models", models(), "-o", none + "/x.mid", "--notes", "2");
        assertFails("top_p is not possible", "generate", "--models", models(), "-o", "x.mid", "--top-p", "0.9");
        assertFails("kind paper", "generate", "--models", models(), "-o", "x.mid", "--key", "C major");
        Path noMidi = Files.writeString(folder.resolve("no.mid"), "this is not music");
        assertFails("not a MIDI file", "generate", "--models", models(), "-o", "x.mid", "--prompt", noMidi.toString());
    }

    @Test
    void aCheckStartsPlaysAndEnds() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "somebody:" + "0".repeat(64) + "\n");
        Path state = Files.createDirectories(folder.resolve("state"));
        Path mark = Files.writeString(state.resolve("loading-tiny-paper@1"), "1");
        Run good = run(
                "--models",
                models(),
                "--check",
                "--api-keys",
                keys.toString(),
                "--port",
                "80",
                "--state",
                state.toString());
        assertThat(good.exit()).as(good.err()).isZero();
        assertThat(good.out()).startsWith("good: tiny-paper@1 plays");
        assertThat(mark).as("a running server's").hasContent("1");
        assertFails("no model to play", "--models", folder.toString(), "--check");
        assertFails("can be reached from elsewhere", "--models", models(), "--check", "--admin-host", "0.0.0.0");
    }

    @Test
    void aPortThatIsTakenIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Run open = assertFails("cannot listen on 127.0.0.1:" + port, "--models", models(), "--port", port);
            assertThat(open.err().strip().lines()).hasSize(1);
            assertThat(open.err()).contains("stop what listens there, or choose another port with --port");
            assertThat(open.out()).isEmpty();
            Run admin = assertFails(
                    "cannot listen on 127.0.0.1:" + port, "--models", models(), "--port", "0", "--admin-port", port);
            assertThat(admin.err()).contains("choose another port with --admin-port");
        }
        String[] elsewhere = {"--models", models(), "--port", "0", "--admin-port", "0", "--host", "192.0.2.1"};
        assertFails("choose an address of this machine with --host", elsewhere);
    }

    @Test
    void sizesAreInUnitsOfPeople() {
        assertThat(run("--models", models(), "--body-bytes", "99999999").err())
                .contains("--body-bytes (99999999) must be 1..67108864, which is 64 MiB");
    }

    private static Run assertFails(String why, String... args) {
        Run run = run(args);
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains(why).doesNotContain("\tat ");
        return run;
    }

    @Test
    void playsIntoAFileTheSameForTheSameSeed() throws Exception {
        Path first = folder.resolve("a.mid");
        Path second = folder.resolve("b.mid");
        Run run = run(
                "generate", "--models", models(), "--seed", "7", "--notes", "200", "-o", first.toString(), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run("generate", "--models", models(), "--seed", "7", "-o", second.toString())
                        .exit())
                .isZero();
        assertThat(second).hasSameBinaryContentAs(first);
        Score score = MidiFiles.read(first, READ);
        assertThat(score.notes()).hasSize(200);

        JsonNode figures = new JsonMapper().readTree(run.out());
        assertThat(figures.get("model").textValue()).isEqualTo("tiny-paper@1");
        assertThat(figures.get("seed").longValue()).isEqualTo(7);
        assertThat(figures.get("notes").intValue()).isEqualTo(200);
        assertThat(figures.get("nll_nats_per_note").doubleValue()).isPositive();
        assertThat(figures.get("music_seconds").doubleValue()).isEqualTo(score.durationMicros() / 1e6);
    }

    @Test
    void playsTheModelThatIsNamedWhereNoneIsTheDefault() throws Exception {
        Path models = folder.resolve("models");
        TinyModel.copyTo(models, "one", 1);
        TinyModel.copyTo(models, "two", 1);
        String out = folder.resolve("x.mid").toString();
        assertFails("--default-model", "generate", "--models", models.toString(), "-o", out, "--notes", "2");
        Run run = run(
                "generate", "--models", models.toString(), "-o", out, "--notes", "2", "--model", "two", "--no-guards");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("two@1");
    }

    @Test
    void playsAnOlderVersionThatIsNamed() throws Exception {
        Path models = folder.resolve("models");
        TinyModel.copyTo(models, "one", 1);
        TinyModel.variantTo(models, "one", 2, 100);
        Path older = folder.resolve("older.mid");
        Path newer = folder.resolve("newer.mid");
        String[] common = {"generate", "--models", models.toString(), "--seed", "7", "--notes", "20", "-o"};
        Run run = run(with(common, older.toString(), "--model", "one@1"));
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("one@1");
        assertThat(run(with(common, newer.toString(), "--model", "one")).err()).contains("one@2");
        assertThat(Files.readAllBytes(older)).isNotEqualTo(Files.readAllBytes(newer));
        assertFails("no version 3; there are the versions 1, 2", with(common, older.toString(), "--model", "one@3"));
    }

    @Test
    void continuesAFile() throws Exception {
        Path prompt = folder.resolve("prompt.mid");
        Path whole = folder.resolve("whole.mid");
        Path rest = folder.resolve("rest.mid");
        String[] common = {"generate", "--models", models(), "--seed", "7", "--notes", "30", "-o"};
        assertThat(run(with(common, prompt.toString())).exit()).isZero();
        assertThat(run(with(common, whole.toString(), "--prompt", prompt.toString()))
                        .exit())
                .isZero();
        assertThat(run(with(common, rest.toString(), "--prompt", prompt.toString(), "--continuation-only"))
                        .exit())
                .isZero();
        assertThat(MidiFiles.read(whole, READ).notes()).hasSize(60);
        assertThat(MidiFiles.read(rest, READ).notes()).hasSize(30);
        assertThat(MidiFiles.read(whole, READ).notes().subList(0, 30))
                .isEqualTo(MidiFiles.read(prompt, READ).notes());
    }

    private static String[] with(String[] args, String... more) {
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }

    @Test
    void looksForModelsHereThenBesideTheLauncher() throws Exception {
        Path here = Files.createDirectories(folder.resolve("here"));
        Path home = Files.createDirectories(folder.resolve("home"));
        assertThat(Folders.models(folder, here, home.toString())).isEqualTo(folder);
        assertThat(Folders.models(null, here, home.toString())).isEqualTo(here.resolve("models"));
        Files.createDirectories(home.resolve("models"));
        assertThat(Folders.models(null, here, home.toString())).isEqualTo(home.resolve("models"));
        Files.createDirectories(here.resolve("models"));
        assertThat(Folders.models(null, here, home.toString())).isEqualTo(here.resolve("models"));
        assertThat(Folders.models(null, here, null)).isEqualTo(here.resolve("models"));
    }
}
