package dev.cadenza.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusTest {
    @TempDir
    private Path folder;

    @Test
    void keepsTheOfficialSplitOfMaestroInAFolderAndInAZip() throws Exception {
        Path maestro = SmallCorpus.maestro(folder.resolve("data"), 10, 20);
        Corpus fromFolder = Corpus.open(maestro);
        Corpus fromZip = Corpus.open(SmallCorpus.zip(maestro, folder.resolve("data.zip")));

        assertThat(fromFolder.official()).isTrue();
        assertThat(fromFolder.name()).isEqualTo("maestro-v9.9.9");
        assertThat(fromFolder.files()).hasSize(10).allSatisfy(file -> {
            int number = Integer.parseInt(file.path().replaceAll(".*piece-(\\d+).midi", "$1"));
            Split expected = number % 5 == 3 ? Split.VALIDATION : number % 5 == 4 ? Split.TEST : Split.TRAIN;
            assertThat(file.split()).isEqualTo(expected);
        });
        assertThat(fromZip).isEqualTo(fromFolder);
    }

    @Test
    void refusesAMaestroWithAFileMissing() throws Exception {
        Path maestro = SmallCorpus.maestro(folder, 6, 20);
        Files.delete(maestro.resolve("maestro-v9.9.9/2004/piece-02.midi"));

        assertThatThrownBy(() -> Corpus.open(maestro))
                .isInstanceOf(CorpusFormatException.class)
                .hasMessageContaining("piece-02.midi");
    }

    @Test
    void namesAFileThatMaestroDoesNotList() throws Exception {
        Path maestro = SmallCorpus.maestro(folder, 6, 20);
        Files.copy(
                maestro.resolve("maestro-v9.9.9/2004/piece-02.midi"),
                maestro.resolve("maestro-v9.9.9/2004/other.midi"));

        assertThat(Corpus.open(maestro).skipped())
                .containsOnlyKeys("maestro-v9.9.9/2004/other.midi")
                .containsValue("not listed in maestro-v9.9.9/maestro-v9.9.9.csv");
    }

    @Test
    void namesABadRowOfTheTable() throws Exception {
        Path maestro = SmallCorpus.maestro(folder, 6, 20);
        Path table = maestro.resolve("maestro-v9.9.9/maestro-v9.9.9.csv");
        Files.writeString(table, Files.readString(table).replace("validation", "dev"));

        assertThatThrownBy(() -> Corpus.open(maestro))
                .isInstanceOf(CorpusFormatException.class)
                .hasMessageContaining("maestro-v9.9.9.csv, after row 3")
                .hasMessageContaining("dev");
    }

    @Test
    void splitsOtherFoldersByContentAloneSoThatNewFilesMoveNothing() throws Exception {
        Path data = SmallCorpus.folder(folder.resolve("music"), 40, 20);
        Corpus before = Corpus.open(data);
        Files.move(data.resolve("piece-00.mid"), data.resolve("zz-renamed.mid"));
        SmallCorpus.folder(folder.resolve("more"), 60, 20);
        for (int piece = 40; piece < 60; piece++) {
            String name = "piece-%02d.mid".formatted(piece);
            Files.copy(folder.resolve("more").resolve(name), data.resolve(name));
        }
        Corpus after = Corpus.open(data);

        assertThat(before.official()).isFalse();
        assertThat(before.files().stream().map(CorpusFile::split).distinct()).hasSize(3);
        for (CorpusFile file : before.files()) {
            assertThat(after.files())
                    .filteredOn(later -> later.sha256().equals(file.sha256()))
                    .singleElement()
                    .extracting(CorpusFile::split)
                    .isEqualTo(file.split());
        }
    }

    @Test
    void splitsByTheHeadOfTheHash() {
        assertThat(Corpus.splitByHash("00000000ff")).isEqualTo(Split.VALIDATION);
        assertThat(Corpus.splitByHash("19999998ff")).isEqualTo(Split.VALIDATION);
        assertThat(Corpus.splitByHash("19999999ff")).isEqualTo(Split.TEST);
        assertThat(Corpus.splitByHash("33333331ff")).isEqualTo(Split.TEST);
        assertThat(Corpus.splitByHash("33333332ff")).isEqualTo(Split.TRAIN);
        assertThat(Corpus.splitByHash("ffffffffff")).isEqualTo(Split.TRAIN);
    }

    @Test
    void aSmallFolderStillHasAPieceToValidateAndToTestOn() throws Exception {
        for (int pieces = 2; pieces < 6; pieces++) {
            Corpus corpus = Corpus.open(SmallCorpus.folder(folder.resolve("n" + pieces), pieces, 20));
            assertThat(corpus.files()).anyMatch(file -> file.split() == Split.VALIDATION);
            assertThat(corpus.files()).anyMatch(file -> file.split() == Split.TRAIN);
            assertThat(corpus.files().stream().anyMatch(file -> file.split() == Split.TEST))
                    .isEqualTo(pieces > 2);
        }
    }

    @Test
    void countsAFileWithTheSameContentOnce() throws Exception {
        Path data = SmallCorpus.folder(folder, 3, 20);
        Files.copy(data.resolve("piece-01.mid"), data.resolve("twin.mid"));

        assertThat(Corpus.open(data).skipped()).containsEntry("twin.mid", "same content as piece-01.mid");
    }

    @Test
    void saysWhatIsWrongWithThePlace() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no zip");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> Corpus.open(folder.resolve("absent"))).hasMessageContaining("no such file or folder");
        assertThatThrownBy(() -> Corpus.open(text)).hasMessageContaining("neither a folder nor a readable zip");
        assertThatThrownBy(() -> Corpus.open(empty)).hasMessageContaining("no .mid or .midi file");
    }
}
