package dev.cadenza.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.notematrix.NoteMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncodedCorpusTest {
    @TempDir
    private Path temporary;

    private Path data;
    private Path cache;

    @BeforeEach
    void makeData() throws Exception {
        data = SmallCorpus.folder(temporary.resolve("music"), 12, 30);
        cache = temporary.resolve("cache");
    }

    private EncodedCorpus encode(AtomicInteger filesRead) throws Exception {
        return EncodedCorpus.encode(data, Corpus.open(data), 1000, cache, done -> filesRead.incrementAndGet());
    }

    @Test
    void holdsTheRowsOfEveryPiece() throws Exception {
        EncodedCorpus corpus = encode(new AtomicInteger());

        assertThat(corpus.pieces()).hasSize(12);
        for (EncodedPiece piece : corpus.pieces()) {
            NoteMatrix matrix = NoteMatrix.of(
                    MidiFiles.read(data.resolve(piece.path()), new MidiReadOptions(true, MidiLimits.CORPUS)), 1000);
            int[] rows = matrix.rows();
            assertThat(piece.notes()).isEqualTo(matrix.size());
            for (int i = 0; i < rows.length; i++) {
                assertThat(corpus.value(piece.firstRow() + i / 4, i % 4)).isEqualTo(rows[i]);
            }
        }
    }

    @Test
    void readsTheFilesOnceAndTheCacheAfterwards() throws Exception {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        EncodedCorpus encoded = encode(first);
        EncodedCorpus mapped = encode(second);

        assertThat(first).hasValue(12);
        assertThat(second).hasValue(0);
        assertThat(mapped.pieces()).isEqualTo(encoded.pieces());
        assertThat(mapped.value(100, 1)).isEqualTo(encoded.value(100, 1));
    }

    @Test
    void encodesAgainWhenAFileChangedOrTheCacheIsDamaged() throws Exception {
        encode(new AtomicInteger());
        MidiFiles.write(SmallCorpus.score(999, 30), data.resolve("piece-03.mid"));
        AtomicInteger afterChange = new AtomicInteger();
        encode(afterChange);
        for (Path file : cacheFiles()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 16));
        }
        AtomicInteger afterDamage = new AtomicInteger();
        encode(afterDamage);

        assertThat(afterChange).hasValue(12);
        assertThat(afterDamage).hasValue(12);
    }

    private List<Path> cacheFiles() throws Exception {
        try (var files = Files.list(cache)) {
            return files.toList();
        }
    }

    @Test
    void countsAndNamesWhatItSkips() throws Exception {
        Files.write(data.resolve("broken.mid"), new byte[] {'M', 'T', 'h', 'd', 0, 0});
        EncodedCorpus corpus = encode(new AtomicInteger());
        EncodedCorpus cached = encode(new AtomicInteger());

        assertThat(corpus.pieces()).hasSize(12);
        assertThat(corpus.skipped()).containsOnlyKeys("broken.mid");
        assertThat(corpus.skipped().get("broken.mid")).isNotBlank();
        assertThat(cached.skipped()).isEqualTo(corpus.skipped());
    }

    @Test
    void countsAndNamesWhatItReadsWithAWarning() throws Exception {
        byte[] longer = MidiFiles.write(SmallCorpus.score(500, 30));
        // The header's number of tracks, which is 2.
        longer[11] = 7;
        Files.write(data.resolve("odd.mid"), longer);
        EncodedCorpus corpus = encode(new AtomicInteger());
        EncodedCorpus cached = encode(new AtomicInteger());

        assertThat(corpus.pieces()).hasSize(13);
        assertThat(corpus.skipped()).isEmpty();
        assertThat(corpus.warned()).containsOnlyKeys("odd.mid");
        assertThat(corpus.warned().get("odd.mid"))
                .startsWith("5 of the 7 tracks that the header declares are missing (at byte ");
        assertThat(cached.warned()).isEqualTo(corpus.warned());
    }

    @Test
    void refusesACorpusWithoutOneUsableFile() throws Exception {
        Path broken = Files.createDirectory(temporary.resolve("broken"));
        Files.write(broken.resolve("broken.mid"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> EncodedCorpus.encode(broken, Corpus.open(broken), 1000, cache, done -> {}))
                .isInstanceOf(CorpusFormatException.class)
                .hasMessageContaining("broken.mid");
    }
}
