package dev.cadenza.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.paper.PaperPreset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Checkpoint checkpoint;
    private Path path;

    @BeforeEach
    void writeOne() throws Exception {
        MultiLayerNetwork network =
                new MultiLayerNetwork(new PaperPreset(5, 10, 4, 1e-3, 0.5, 1000, 1000, false, 3).network());
        network.init();
        checkpoint = new Checkpoint(
                network,
                new CheckpointInfo(
                        "paper",
                        (ObjectNode) new PaperEncoding(
                                        1000, 1000, new float[] {.1f, .2f, .3f}, new int[] {10, 20}, new int[] {
                                            100, 200, 300
                                        })
                                .toJson(),
                        JSON.createObjectNode().put("preset", "paper"),
                        JSON.createObjectNode().put("mse", 0.5)),
                JSON.createObjectNode().put("epoch", 7),
                new ParityRows(1, 2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        path = folder.resolve("checkpoint.zip");
        checkpoint.write(path, true);
    }

    @Test
    void comesBackWhole() throws Exception {
        Checkpoint read = Checkpoint.read(path);

        assertThat(read.network().params()).isEqualTo(checkpoint.network().params());
        assertThat(read.network().getLayerWiseConfigurations())
                .isEqualTo(checkpoint.network().getLayerWiseConfigurations());
        assertThat(read.info()).isEqualTo(checkpoint.info());
        assertThat(read.training()).isEqualTo(checkpoint.training());
        assertThat(read.parity().values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void opensWithDl4jAsAnyOther() throws Exception {
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(path.toFile());

        assertThat(network.params()).isEqualTo(checkpoint.network().params());
    }

    @Test
    void sameContentGivesTheSameBytesAndLeavesNothingBeside() throws Exception {
        byte[] before = Files.readAllBytes(path);
        checkpoint.write(path, true);

        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void damageIsNamedNeverReadAsANetwork() throws Exception {
        byte[] bytes = Files.readAllBytes(path);
        Random random = new Random(1);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = round % 2 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            if (round % 2 == 1) {
                // The last kilobyte is the central directory; a flip before it breaks a checksum or a header.
                damaged[random.nextInt(bytes.length - 1024)] ^= 0x55;
            }
            Path file = Files.write(folder.resolve("damaged.zip"), damaged);
            try {
                Checkpoint read = Checkpoint.read(file);
                assertThat(read.network().params())
                        .isEqualTo(checkpoint.network().params());
                assertThat(read.info()).isEqualTo(checkpoint.info());
            } catch (CheckpointFormatException e) {
                assertThat(e).hasMessageContaining("damaged.zip");
            }
        }
    }

    @Test
    void anotherZipIsNoCheckpoint() throws Exception {
        ModelSerializer.writeModel(
                checkpoint.network(), folder.resolve("plain.zip").toFile(), true);

        assertThatThrownBy(() -> Checkpoint.read(folder.resolve("plain.zip")))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("no entry cadenza.json");
        assertThatThrownBy(() -> Checkpoint.read(folder.resolve("absent.zip")))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContaining("no such file");
    }
}
