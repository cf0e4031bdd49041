package dev.cadenza.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CellsTest {
    private static final String KEY = "rolls/toy/balstm-1";

    @TempDir
    private Path temporary;

    private Path folder;
    private Cells cells;
    private final AtomicInteger computed = new AtomicInteger();

    @BeforeEach
    void makeFolder() {
        folder = temporary.resolve("cells");
        cells = new Cells(folder);
    }

    private ObjectNode compute() {
        return new ObjectMapper().createObjectNode().put("nats", 6.5).put("run", computed.incrementAndGet());
    }

    @Test
    void computesACellOnce() throws Exception {
        assertThat(cells.read(KEY)).isEmpty();
        ObjectNode first = cells.of(KEY, this::compute);
        ObjectNode again = cells.of(KEY, this::compute);
        ObjectNode resumed = new Cells(folder).of(KEY, this::compute);

        assertThat(computed).hasValue(1);
        assertThat(first.path("nats").asDouble()).isEqualTo(6.5);
        assertThat(again).isEqualTo(first);
        assertThat(resumed).isEqualTo(first);
        assertThat(cells.read(KEY)).contains(first);
        assertThat(folder.resolve("rolls/toy/balstm-1.json")).isRegularFile();
    }

    @Test
    void cellsOfOtherKeysAreOthers() throws Exception {
        ObjectNode one = cells.of(KEY, this::compute);
        ObjectNode two = cells.of("rolls/toy/balstm-2", this::compute);
        ObjectNode top = cells.of("balstm-1", this::compute);

        assertThat(computed).hasValue(3);
        assertThat(one).isNotEqualTo(two);
        assertThat(two).isNotEqualTo(top);
    }

    @Test
    void aCellThatFailedIsComputedAgain() throws Exception {
        assertThatThrownBy(() -> cells.of(KEY, () -> {
                    throw new IOException("no space");
                }))
                .hasMessage("no space");
        assertThat(cells.read(KEY)).isEmpty();
        cells.of(KEY, this::compute);

        assertThat(computed).hasValue(1);
    }

    @Test
    void aCellIsAtWorkOnce() throws Exception {
        ObjectNode outer = cells.of(KEY, () -> {
            assertThatThrownBy(() -> new Cells(folder).of(KEY, this::compute))
                    .isInstanceOf(Cells.BusyException.class)
                    .hasMessage("rolls/toy/balstm-1 is at work already");
            return compute();
        });

        assertThat(computed).hasValue(1);
        assertThat(cells.of(KEY, this::compute)).isEqualTo(outer);
        assertThat(folder.resolve("rolls/toy")).isDirectoryNotContaining("glob:**.lock");
        assertThat(cells.keys()).containsExactly(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"nats\": 6.", "nonsense", "", "[6.5]", "6.5"})
    void namesAFileThatIsDamaged(String content) throws Exception {
        cells.of(KEY, this::compute);
        Path file = Files.writeString(folder.resolve(KEY + ".json"), content);

        assertThatThrownBy(() -> cells.of(KEY, this::compute))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("remove it");
        assertThat(computed).hasValue(1);
        assertThat(file).hasContent(content);
        Files.delete(file);
        assertThat(cells.of(KEY, this::compute).path("run").asInt()).isEqualTo(2);
    }
}
