package dev.cadenza.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of files that are not UTF-8, that the locale does not know or that would break a line. */
final class OddNamesTest {
    private static final List<String> LABELS =
            List.of("Gr\u00f6\u00dfe.mid", "Gr\\xF6\\xDFe.mid", "l\\n\\x1B[2Jine.mid", "plain.mid", "\ud83c\udfb9.mid");

    @TempDir
    private Path folder;

    private List<byte[]> pieces() throws IOException {
        Path small = SmallCorpus.folder(folder.resolve("small"), 5, 20);
        List<byte[]> pieces = new ArrayList<>();
        for (int piece = 0; piece < 5; piece++) {
            pieces.add(Files.readAllBytes(small.resolve("piece-0%d.mid".formatted(piece))));
        }
        return pieces;
    }

    /** Names of files as a shell's printf writes them. */
    private static final List<String> SHELL = List.of(
            "Gr\\303\\266\\303\\237e.mid",
            "Gr\\366\\337e.mid",
            "l\\n\\033[2Jine.mid",
            "plain.mid",
            "\\360\\237\\216\\271.mid");

    private Path oddFolder() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("odd"));
        List<byte[]> pieces = pieces();
        for (int piece = 0; piece < pieces.size(); piece++) {
            Files.write(folder.resolve("next.mid"), pieces.get(piece));
            Process move = new ProcessBuilder("sh", "-c", "mv next.mid \"odd/$(printf '" + SHELL.get(piece) + "')\"")
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
            assumeTrue(move.waitFor() == 0, "this file system takes UTF-8 names alone");
        }
        return odd;
    }

    @Test
    void aFolderIsReadWhateverItsFilesAreCalled() throws Exception {
        Corpus corpus = Corpus.open(oddFolder());

        assertThat(corpus.files()).extracting(CorpusFile::path).containsExactlyInAnyOrderElementsOf(LABELS);
        EncodedCorpus encoded =
                EncodedCorpus.encode(folder.resolve("odd"), corpus, 1000, folder.resolve("cache"), files -> {});
        assertThat(encoded.pieces())
                .hasSize(5)
                .allSatisfy(piece -> assertThat(piece.notes()).isBetween(20, 26));
        assertThat(encoded.skipped()).isEmpty();
    }

    /** In a JVM of the locale C, whose names are ASCII: the same files under the same names, and so the same splits. */
    @Test
    void anEmptyLocaleChangesNothing() throws Exception {
        Path odd = oddFolder();
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Listing.class.getName(),
                odd.toString());
        command.environment().put("LC_ALL", "C");
        command.redirectErrorStream(true);
        Process listing = command.start();
        String printed = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(listing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.lines())
                .containsExactly("ANSI_X3.4-1968", Corpus.open(odd).sha256(), "5 pieces");
    }

    /** What the JVM of another locale does. */
    static final class Listing {
        private Listing() {}

        public static void main(String[] args) throws Exception {
            Corpus corpus = Corpus.open(Path.of(args[0]));
            System.out.println(System.getProperty("sun.jnu.encoding"));
            System.out.println(corpus.sha256());
            Path cache = Files.createTempDirectory(Path.of(args[0]).resolveSibling("."), "cache");
            System.out.println(EncodedCorpus.encode(Path.of(args[0]), corpus, 1000, cache, files -> {})
                            .pieces()
                            .size()
                    + " pieces");
        }
    }

    @Test
    void aZipIsReadWhateverItsEntriesAreCalled() throws Exception {
        List<byte[]> pieces = pieces();
        Map<String, Charset> names = new TreeMap<>(Map.of(
                "Gr\u00f6\u00dfe.mid", StandardCharsets.UTF_8,
                "gr\u00f6\u00dfer.mid", StandardCharsets.ISO_8859_1,
                "l\nine.mid", StandardCharsets.UTF_8));
        Path zip = folder.resolve("odd.zip");
        int piece = 0;
        // In this charset nothing is marked as UTF-8, as some archivers do it.
        try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip), StandardCharsets.ISO_8859_1)) {
            for (Map.Entry<String, Charset> name : names.entrySet()) {
                byte[] bytes = name.getKey().getBytes(name.getValue());
                entries.putNextEntry(new ZipEntry(new String(bytes, StandardCharsets.ISO_8859_1)));
                entries.write(pieces.get(piece++));
            }
        }
        Corpus corpus = Corpus.open(zip);
        Path marked = folder.resolve("marked.zip");
        try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(marked))) {
            entries.putNextEntry(new ZipEntry("\u00e9tude \ud83c\udfb9.mid"));
            entries.write(pieces.get(4));
        }

        assertThat(corpus.files())
                .extracting(CorpusFile::path)
                .containsExactlyInAnyOrder("Gr\u00f6\u00dfe.mid", "gr\\xF6\\xDFer.mid", "l\\nine.mid");
        assertThat(EncodedCorpus.encode(zip, corpus, 1000, folder.resolve("cache"), files -> {})
                        .pieces())
                .hasSize(3);
        assertThat(Corpus.open(marked).files())
                .extracting(CorpusFile::path)
                .containsExactly("\u00e9tude \ud83c\udfb9.mid");
    }

    @Test
    void whatCannotBeReadIsSkippedAndNamed() throws Exception {
        Path data = SmallCorpus.folder(folder.resolve("data"), 4, 20);
        Files.createSymbolicLink(data.resolve("gone.mid"), data.resolve("nowhere.mid"));
        Path closed = Files.createDirectory(data.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(data.resolve("piece-01.mid"), PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "root reads everything");
        try {
            Corpus corpus = Corpus.open(data);

            assertThat(corpus.files()).hasSize(3);
            assertThat(corpus.skipped())
                    .containsEntry("closed", "access denied")
                    .containsEntry("piece-01.mid", "access denied")
                    .hasSize(2);
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aZipEntryThatCannotBeInflatedIsSkippedAndNamed() throws Exception {
        Path zip = SmallCorpus.zip(SmallCorpus.folder(folder.resolve("data"), 4, 20), folder.resolve("data.zip"));
        byte[] bytes = Files.readAllBytes(zip);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int name = text.indexOf("piece-01.mid");
        // The first block of the compressed data is of a kind that there is not.
        bytes[name + "piece-01.mid".length()] = (byte) 0xFF;
        Files.write(zip, bytes);

        Corpus corpus = Corpus.open(zip);
        assertThat(corpus.files()).hasSize(3);
        assertThat(corpus.skipped()).hasSize(1).allSatisfy((file, reason) -> {
            assertThat(file).endsWith("piece-01.mid");
            assertThat(reason).contains("cannot be inflated");
        });
    }

    @Test
    void aPublishedSplitIsNotReadInPart() throws Exception {
        Path maestro = SmallCorpus.maestro(folder, 6, 20);
        Path piece = maestro.resolve("maestro-v9.9.9/2004/piece-02.midi");
        Files.delete(piece);
        Files.createSymbolicLink(piece, piece.resolveSibling("nowhere.midi"));

        assertThatThrownBy(() -> Corpus.open(maestro))
                .isInstanceOf(CorpusFormatException.class)
                .hasMessageContaining("piece-02.midi");
    }

    @Test
    void aFileWithAGapThatTheServerRefusesIsSkippedWithItsReason() throws Exception {
        Path data = SmallCorpus.folder(folder.resolve("data"), 3, 20);
        byte[] gap = HexFormat.of()
                .parseHex("4d546864000000060000000101e04d54726b00000022"
                        + "00903c3c8170803c4000903e3d8170803e4084f8e800903c508170803c4000ff2f00");
        Files.write(data.resolve("gap.mid"), gap);
        Corpus corpus = Corpus.open(data);
        EncodedCorpus encoded = EncodedCorpus.encode(data, corpus, 1000, folder.resolve("cache"), files -> {});

        assertThat(encoded.pieces()).hasSize(3);
        assertThat(encoded.skipped()).hasSize(1);
        assertThat(encoded.skipped().get("gap.mid")).contains("no note begins for");
    }
}
