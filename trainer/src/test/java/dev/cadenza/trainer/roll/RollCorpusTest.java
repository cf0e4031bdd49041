package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollCorpusTest {
    private static final String SMALL = """
            {"test": [],
             "train": [[[21, 60], [], [108]], [], [[64]]],
             "valid": [[[60], [60]]]}
            """;

    @TempDir
    private Path temporary;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(temporary.resolve(name), content);
    }

    private Path file(String content) throws IOException {
        return file("rolls.json", content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzipped(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void assertIsSmall(RollCorpus corpus) {
        assertThat(corpus.rolls(Split.TRAIN))
                .containsExactly(
                        DrawnRolls.of(new int[] {0, 39}, new int[] {}, new int[] {87}), DrawnRolls.of(new int[] {43}));
        assertThat(corpus.rolls(Split.VALIDATION)).containsExactly(DrawnRolls.of(new int[] {39}, new int[] {39}));
        assertThat(corpus.rolls(Split.TEST)).isEmpty();
        assertThat(corpus.steps(Split.TRAIN)).isEqualTo(4);
        assertThat(corpus.steps(Split.TEST)).isZero();
    }

    @Test
    void readsSplitsOfSequencesOfStepsOfPitches() throws Exception {
        RollCorpus corpus = RollCorpus.read(file(SMALL));

        assertIsSmall(corpus);
        assertThat(corpus.name()).isEqualTo("rolls");
        assertThat(corpus.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(SMALL.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void readsGzippedFilesWhateverTheirName() throws Exception {
        RollCorpus named = RollCorpus.read(file("jsb.json.gz", gzipped(SMALL)));
        RollCorpus unnamed = RollCorpus.read(file("jsb.rolls", gzipped(SMALL)));

        assertIsSmall(named);
        assertIsSmall(unnamed);
        assertThat(named.name()).isEqualTo("jsb");
        assertThat(unnamed.name()).isEqualTo("jsb.rolls");
        assertThat(named.sha256())
                .isEqualTo(unnamed.sha256())
                .isNotEqualTo(RollCorpus.read(file(SMALL)).sha256());
    }

    private void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> RollCorpus.read(file))
                .isInstanceOf(CorpusFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(parts);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(temporary.resolve("nowhere.json"), "no such file");
        assertRefused(temporary, "no such file");
    }

    @Test
    void refusesAnUnknownSplit() throws Exception {
        assertRefused(file("{\"train\": [[[60]]], \"validation\": [[[60]]]}"), "unknown split \"validation\"", "valid");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 109, -60, 1000})
    void namesAPitchOffThePianoAndItsPlace(int pitch) throws Exception {
        assertRefused(
                file("{\"train\": [[[60]]],\n \"valid\": [[[60], [61, " + pitch + "]]]}"),
                ", line 2, column 24: pitch (" + pitch + ") must be in 21..108");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[60]] | line 1, column 1: START_ARRAY where START_OBJECT",
                "{'train': 5} | line 1, column 11: VALUE_NUMBER_INT where START_ARRAY",
                "{'train': {'a': 1}} | line 1, column 11: START_OBJECT where START_ARRAY",
                "{'train': null} | line 1, column 11: VALUE_NULL where START_ARRAY",
                "{'train': [60]} | line 1, column 12: VALUE_NUMBER_INT where START_ARRAY",
                "{'train': [[60]]} | line 1, column 13: VALUE_NUMBER_INT where START_ARRAY",
                "{'train': [[[[60]]]]} | line 1, column 14: START_ARRAY where VALUE_NUMBER_INT",
                "{'train': [[[60.5]]]} | line 1, column 14: VALUE_NUMBER_FLOAT where VALUE_NUMBER_INT",
                "{'train': [[['C4']]]} | line 1, column 14: VALUE_STRING where VALUE_NUMBER_INT"
            })
    void namesThePlaceOfAWrongNesting(String content, String message) throws Exception {
        assertRefused(file(content.replace('\'', '"')), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'train': [], 'valid': [[[60]]]} | train",
                "{'train': [[], []], 'valid': [[[60]]]} | train",
                "{'valid': [[[60]]]} | train",
                "{'train': [[[60]]], 'valid': []} | validation",
                "{'train': [[[60]]], 'test': [[[60]]]} | validation",
                "{} | train"
            })
    void refusesASplitOfNothing(String content, String split) throws Exception {
        assertRefused(file(content.replace('\'', '"')), "no sequence in its " + split + " split");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rolls",
                "{\"train\"",
                "{\"train\": [[[60",
                "{\"train\": [[[60]], \"valid\": []}",
                "{\"train\": [[[99999999999]]]}",
                "{\"train\": [[[60]]], \"valid\": [[[60]]]} {}",
                "{\"train\": [[[60]]], \"valid\": [[[60]]]}}"
            })
    void refusesWhatIsNoJson(String content) throws Exception {
        assertRefused(file(content), ": ");
    }

    @Test
    void refusesADamagedGzipFile() throws Exception {
        byte[] whole = gzipped(SMALL);
        byte[] changed = whole.clone();
        changed[whole.length - 5] ^= 1;

        assertRefused(file("cut.json.gz", Arrays.copyOf(whole, whole.length - 12)), "gzip");
        assertRefused(file("header.json.gz", Arrays.copyOf(whole, 2)), "gzip");
        assertRefused(file("changed.json.gz", changed), "gzip");
    }
}
