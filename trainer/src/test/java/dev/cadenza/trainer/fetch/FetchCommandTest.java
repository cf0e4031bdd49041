package dev.cadenza.trainer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class FetchCommandTest {
    private static final byte[] CORPUS = bytes(1, 300_000);
    private static final byte[] OTHER_EDITION = bytes(2, 280_000);

    private final CorpusHost host = new CorpusHost(CORPUS);
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Duration answerTimeout = Duration.ofSeconds(30);
    private Duration stallTimeout = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void fetchesTheFileAndSaysWhatItsLicenceIs() throws IOException {
        assertThat(fetch("corpus", "--to", folder.resolve("a/b").toString())).isZero();
        assertThat(folder.resolve("a/b/corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(names(folder.resolve("a/b"))).containsExactly("corpus.zip");
        assertThat(out.toString())
                .contains("fetched, 300,000 bytes, sha256 right", "Licence of the data: free", "Cite: Somebody");
        assertThat(err.toString()).isEmpty();
        assertThat(host.asked()).containsExactly(new CorpusHost.Asked("/corpus.zip", null, null));
    }

    @Test
    void doesNothingWhenTheRightFileIsThere() throws IOException {
        Files.write(folder.resolve("corpus.zip"), CORPUS);
        assertThat(fetch()).isZero();
        assertThat(out.toString()).contains("already there, 300,000 bytes, sha256 right", "Licence of the data: free");
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void neverOverwritesAnotherFileOfThatName() throws IOException {
        Files.write(folder.resolve("corpus.zip"), OTHER_EDITION);
        assertThat(fetch()).isEqualTo(1);
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(OTHER_EDITION);
        assertThat(err.toString()).contains("exists but has sha256 ", "move it away");
    }

    @Test
    void triesAgainFromWhereTheConnectionWasCut() throws IOException {
        host.answer(host.cutAfter(100_000)).answer(host.cutAfter(50_000));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(names(folder)).containsExactly("corpus.zip");
        List<CorpusHost.Asked> asked = host.asked();
        assertThat(asked).hasSize(3);
        assertThat(asked.get(0)).isEqualTo(new CorpusHost.Asked("/corpus.zip", null, null));
        // What a cut connection has not handed over yet is lost with it.
        int first = from(asked.get(1));
        assertThat(first).isBetween(1, 100_000);
        assertThat(from(asked.get(2))).isBetween(first + 1, first + 50_000);
        assertThat(progress.toString(UTF_8).lines()).hasSize(2).allMatch(line -> line.contains("trying again"));
    }

    @Test
    void givesUpAfterSoManyAttemptsAndGoesOnWhenAskedAgain() throws IOException {
        for (int i = 0; i < 4; i++) {
            host.answer(host.cutAfter(10_000));
        }
        assertThat(fetch()).isEqualTo(1);
        assertThat(names(folder)).containsExactly("corpus.zip.part", "corpus.zip.part.etag");
        long kept = Files.size(folder.resolve("corpus.zip.part"));
        assertThat(kept).isBetween(4L, 40_000L);
        assertThat(err.toString())
                .contains("gave up after 4 attempts; " + kept + " bytes are kept", "goes on from there")
                .hasLineCount(1);

        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(names(folder)).containsExactly("corpus.zip");
        assertThat(host.asked()).hasSize(5);
        assertThat(from(host.asked().get(4))).isEqualTo(kept);
    }

    /** Where a request wants to go on, of the file that was begun. */
    private static int from(CorpusHost.Asked asked) {
        assertThat(asked.ifRange()).isEqualTo("\"first\"");
        assertThat(asked.range()).matches("bytes=[0-9]+-");
        return Integer.parseInt(String.valueOf(asked.range()).replaceAll("[^0-9]", ""));
    }

    @Test
    void startsOverOnAServerWithoutRanges() throws IOException {
        host.answer(host.cutAfter(100_000)).answer(host.ignoringRanges());
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(progress.toString(UTF_8)).contains("starting over");
    }

    @Test
    void startsOverWhenTheFileChangedBetweenTwoRuns() throws IOException {
        leavePart(Arrays.copyOf(OTHER_EDITION, 70_000), "\"older\"");
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(host.asked()).containsExactly(new CorpusHost.Asked("/corpus.zip", "bytes=70000-", "\"older\""));
    }

    @Test
    void startsOverWhenAServerContinuesAnotherEdition() throws IOException {
        leavePart(Arrays.copyOf(OTHER_EDITION, 70_000), "\"older\"");
        host.answer(CorpusHost.status(206, "ETag", "\"first\"", "Content-Range", "bytes 70000-299999/300000"));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(host.asked()).hasSize(2).last().isEqualTo(new CorpusHost.Asked("/corpus.zip", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 69999-299999/300000", "bytes */300000", "pages 1-2/3", ""})
    void startsOverWhenAServerContinuesSomewhereElse(String contentRange) throws IOException {
        leavePart(Arrays.copyOf(CORPUS, 70_000), "\"first\"");
        host.answer(CorpusHost.status(206, "Content-Range", contentRange));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
    }

    @Test
    void goesOnWithoutAnEntityTag() throws IOException {
        host.publish(CORPUS, null);
        host.answer(host.cutAfter(100_000));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(host.asked()).last().isEqualTo(new CorpusHost.Asked("/corpus.zip", "bytes=100000-", null));
    }

    @Test
    void doesNotTrustAWeakEntityTag() throws IOException {
        host.publish(CORPUS, "W/\"weak\"");
        host.answer(host.cutAfter(100_000));
        assertThat(fetch()).isZero();
        assertThat(host.asked()).last().isEqualTo(new CorpusHost.Asked("/corpus.zip", "bytes=100000-", null));
    }

    @Test
    void takesAPartThatLacksNothing() throws IOException {
        leavePart(CORPUS, "\"first\"");
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(host.asked()).hasSize(1);
    }

    @Test
    void startsOverWhenThePartIsLongerThanTheFile() throws IOException {
        leavePart(Arrays.copyOf(CORPUS, 300_001), "\"first\"");
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
    }

    @Test
    void removesWhatHasTheWrongHash() throws IOException {
        host.publish(OTHER_EDITION, "\"other\"");
        assertThat(fetch()).isEqualTo(1);
        assertThat(err.toString())
                .contains("sha256 " + sha256(OTHER_EDITION) + " instead of " + sha256(CORPUS) + "; it was removed")
                .hasLineCount(1);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void removesAResumedFileWithTheWrongHash() throws IOException {
        leavePart(Arrays.copyOf(OTHER_EDITION, 70_000), "\"first\"");
        assertThat(fetch()).isEqualTo(1);
        assertThat(err.toString()).contains("it was removed");
        assertThat(names(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 206, 416, 204})
    void doesNotRepeatARequestThatCannotSucceed(int status) throws IOException {
        host.answer(CorpusHost.status(status, "Content-Range", "bytes 0-4/5"));
        assertThat(fetch()).isEqualTo(1);
        assertThat(err.toString()).contains(host.uri() + " answered " + status).hasLineCount(1);
        assertThat(host.asked()).hasSize(1);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void waitsForABusyServerButNotForEver() throws IOException {
        host.answer(CorpusHost.status(503, "Retry-After", "900")).answer(CorpusHost.status(429));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(progress.toString(UTF_8)).contains("127.0.0.1 answered 503; trying again in 1 s");
    }

    @Test
    void followsARedirect() throws IOException {
        host.answer(CorpusHost.status(302, "Location", "/elsewhere.zip"));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(host.asked()).last().isEqualTo(new CorpusHost.Asked("/elsewhere.zip", null, null));
    }

    @Test
    void doesNotFollowARedirectOutOfTheWeb() throws IOException {
        host.answer(CorpusHost.status(302, "Location", "ftp://127.0.0.1/elsewhere.zip"));
        assertThat(fetch()).isEqualTo(1);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void endsAStalledBodyAndGoesOn() throws IOException {
        stallTimeout = Duration.ofSeconds(1);
        host.answer(host.stallAfter(100_000));
        assertThat(fetch()).isZero();
        assertThat(folder.resolve("corpus.zip")).hasBinaryContent(CORPUS);
        assertThat(progress.toString(UTF_8)).contains("nothing arrived for 1.0 s; trying again");
        assertThat(host.asked()).last().isEqualTo(new CorpusHost.Asked("/corpus.zip", "bytes=100000-", "\"first\""));
    }

    @Test
    void doesNotWaitForEverForAnAnswer() throws IOException {
        answerTimeout = Duration.ofSeconds(1);
        host.answer(host.silent());
        assertThat(fetch()).isZero();
        assertThat(progress.toString(UTF_8)).contains("timed out; trying again");
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/corpus.zip";
        assertThat(fetch("corpus", "--to", folder.toString(), "--url", url)).isEqualTo(1);
        assertThat(err.toString())
                .contains(url + ": no connection", "gave up after 4 attempts")
                .hasLineCount(1);
    }

    @Test
    void saysWhenTheFolderIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThat(fetch("corpus", "--to", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot write " + file).hasLineCount(1);
        assertThat(host.asked()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhenTheDiskIsFull() throws IOException {
        Files.createSymbolicLink(folder.resolve("corpus.zip.part"), Path.of("/dev/full"));
        assertThat(fetch()).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot write ", "No space left on device")
                .hasLineCount(1);
        assertThat(host.asked()).hasSize(1);
    }

    @Test
    void leavesThePartOfAnotherDownloadAlone() throws IOException {
        try (FileChannel channel = FileChannel.open(
                folder.resolve("corpus.zip.part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.lock()).isNotNull();
            assertThat(fetch()).isEqualTo(1);
        }
        assertThat(err.toString()).contains("another download is writing ").hasLineCount(1);
    }

    @Test
    void tellsAWrongCommandLineFromAFailure() {
        assertThat(fetch("corpus")).isEqualTo(2);
        assertThat(fetch("groove", "--to", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("CORPUS (groove) is not known, there is: corpus");
        assertThat(fetch("corpus", "--to", folder.toString(), "--url", "file:/etc/passwd"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("must be an http or https address");
    }

    @Test
    void theCommandOfTheTrainerKnowsMaestro() {
        String help = new CommandLine(new FetchCommand()).getUsageMessage();
        assertThat(help).contains("maestro", "--to=DIR").doesNotContain("--url");
        assertThat(PublishedCorpus.MAESTRO.uri()).hasScheme("https");
    }

    private int fetch(String... arguments) {
        Download.Patience patience = new Download.Patience(
                4, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(5), answerTimeout, stallTimeout);
        Terminal terminal = new Terminal(new PrintStream(progress, true, UTF_8), false, 80, System::nanoTime);
        PublishedCorpus corpus = new PublishedCorpus(
                "corpus", "A corpus", host.uri(), "corpus.zip", sha256(CORPUS), "free", "Somebody, somewhere");
        String[] line = arguments.length > 0 ? arguments : new String[] {"corpus", "--to", folder.toString()};
        return new CommandLine(new FetchCommand(corpus, new Download(terminal, patience)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line);
    }

    private void leavePart(byte[] content, String tag) throws IOException {
        Files.write(folder.resolve("corpus.zip.part"), content);
        Files.writeString(folder.resolve("corpus.zip.part.etag"), tag);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
