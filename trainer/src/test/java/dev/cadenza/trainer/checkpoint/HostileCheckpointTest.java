package dev.cadenza.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.performer.PerformerFamily;
import dev.cadenza.trainer.performer.PerformerPreset;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that were made to do harm are refused, in one line that names what is wrong. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileCheckpointTest {
    /** As large as the ones that ended in an OutOfMemoryError, 15 MB compressed, with {@code -Dhostile=long}. */
    private static final long BOMB_BYTES = "long".equals(System.getProperty("hostile")) ? 15L << 30 : 300L << 20;

    private static final int LENGTH_OF_SHAPE = 18;
    private static final int SHAPE = 40;

    @TempDir
    private Path folder;

    private Path good;

    @BeforeEach
    void writeAGoodOne() throws Exception {
        MultiLayerNetwork network =
                new MultiLayerNetwork(new PerformerPreset(4, 8, 2, 1e-3, 5, 100, 1, false, 3).network());
        network.init();
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        good = folder.resolve("good.zip");
        new Checkpoint(
                        network,
                        new CheckpointInfo(PerformerFamily.ID, PerformerEncoding.STANDARD.toJson(), nothing, nothing),
                        nothing,
                        new ParityRows(0, 0, 4, new float[0]))
                .write(good, true);
    }

    private CheckpointFiles files() throws Exception {
        return CheckpointFiles.of(good);
    }

    private void refused(CheckpointFiles files, String... words) throws Exception {
        refused(files.write(folder.resolve("hostile.zip")), words);
    }

    private static void refused(Path file, String... words) {
        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .satisfies(problem -> {
                    assertThat(problem.getMessage()).doesNotContain("\n").contains(words);
                });
    }

    @Test
    void javaObjectsAreNeverRead() throws Exception {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int depth = 0; depth < 100; depth++) {
            Set<Object> nextLeft = new HashSet<>(Set.of("x"));
            Set<Object> nextRight = new HashSet<>();
            left.add(nextLeft);
            left.add(nextRight);
            right.add(nextLeft);
            right.add(nextRight);
            left = nextLeft;
            right = nextRight;
        }
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(object)) {
            out.writeObject(root);
        }

        for (String entry : new String[] {"preprocessor.bin", "normalizer.bin"}) {
            refused(files().with(entry, object.toByteArray()), entry, "does not belong in a checkpoint");
        }
    }

    @Test
    void onlyListedClassesAreMade() throws Exception {
        String adam = "org.nd4j.linalg.learning.config.Adam";
        Loaded.count = 0;
        refused(files().network(adam, Loaded.class.getName()), "iupdater", Loaded.class.getName());
        // On the list, but for another place.
        refused(files().network(adam, "dev.cadenza.trainer.lstm.FusedLstm"), "iupdater", "FusedLstm");
        // The other ways of naming a class.
        refused(
                files().network(
                                "\"constraints\" : null",
                                "\"constraints\" : [[\"" + Loaded.class.getName() + "\",{}]]"),
                "constraints");
        refused(
                files().network("\"idropout\" : null", "\"idropout\" : [\"" + Loaded.class.getName() + "\",{}]"),
                "idropout");
        refused(
                files().network(
                                "\"weightNoise\" : null",
                                "\"weightNoise\" : {\"@class\":\"" + Loaded.class.getName() + "\"}"),
                "weightNoise");
        refused(
                files().network("\"layer\" : {", "\"layer\" : {\"@class\" : \"" + Loaded.class.getName() + "\","),
                "@class");
        refused(
                files().network("\"inputPreProcessors\" : { }", "\"inputPreProcessors\" : {\"0\":{}}"),
                "inputPreProcessors");
        refused(files().network("\"stepFunction\" : null", "\"stepFunction\" : {\"default\":{}}"), "stepFunction");
        refused(files().network("\"backpropType\"", "\"@class\" : \"x\", \"backpropType\""), "@class");
        assertThat(Loaded.count).isZero();
    }

    /** Counts how often it was loaded. */
    static final class Loaded {
        static int count;

        static final class Made {
            static {
                count++;
            }
        }

        Loaded() {
            count++;
        }
    }

    @Test
    void nothingIsInflatedThatIsTooLarge() throws Exception {
        for (String entry : new String[] {"cadenza.json", "configuration.json", "coefficients.bin", "parity.bin"}) {
            refused(files().writeBomb(folder.resolve("bomb.zip"), entry, BOMB_BYTES), entry, "would be");
        }
        // Within what an entry may have: JSON of white space, and of millions of values.
        refused(files().writeBomb(folder.resolve("bomb.zip"), "training.json", 100L << 20), "training.json");
        refused(
                files().with(
                                "training.json",
                                "[0".concat(",0".repeat(2_000_000)).concat("]").getBytes(StandardCharsets.US_ASCII)),
                "training.json");
        refused(
                files().with("configuration.json", "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII)),
                "configuration.json");
    }

    @Test
    void nothingIsInflatedThatTheHeapHasNoRoomFor() throws Exception {
        Path bomb = files().writeBomb(folder.resolve("bomb.zip"), "training.json", 100L << 20);
        CheckpointZip.open(bomb, 400L << 20).close();
        assertThatThrownBy(() -> CheckpointZip.open(bomb, 399L << 20))
                .isInstanceOf(CheckpointFormatException.class)
                .hasMessageContainingAll("training.json", "100 MiB", "-Xmx");
    }

    @Test
    void aDirectoryThatLiesIsFoundOut() throws Exception {
        byte[] bytes = Files.readAllBytes(files().writeBomb(folder.resolve("bomb.zip"), "training.json", 100L << 20));
        // The size in the directory, behind its name's header: 10 bytes instead of 100 MB.
        int at = indexOf(bytes, "training.json", indexOf(bytes, "PK\1\2", 0));
        Arrays.fill(bytes, at - 22, at - 18, (byte) 0);
        bytes[at - 22] = 10;
        refused(Files.write(folder.resolve("lie.zip"), bytes), "training.json", "damaged");

        byte[] twice =
                Files.readAllBytes(files().with("parity.biN", new byte[0]).write(folder.resolve("twice.zip")));
        for (int next = indexOf(twice, "parity.biN", 0); next >= 0; next = indexOf(twice, "parity.biN", next + 1)) {
            twice[next + 9] = 'n';
        }
        refused(Files.write(folder.resolve("twice.zip"), twice), "parity.bin", "twice");
    }

    private static int indexOf(byte[] in, String text, int from) {
        return new String(in, StandardCharsets.ISO_8859_1).indexOf(text, from);
    }

    @Test
    void otherNamesAndCutFilesAreRefused() throws Exception {
        refused(files().with("../../evil.sh", new byte[1]), "../../evil.sh");
        refused(files().without("configuration.json").with("configuration.json/", new byte[0]), "configuration.json/");
        refused(files().without("coefficients.bin"), "no entry coefficients.bin");
        CheckpointFiles many = files();
        for (int i = 0; i < 2000; i++) {
            many.with("f" + i, new byte[0]);
        }
        refused(many, "entries");
        byte[] whole = Files.readAllBytes(good);
        for (int cut : new int[] {0, 21, 1000, whole.length - 30, whole.length - 1}) {
            refused(Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, cut)), "zip");
        }
    }

    @Test
    void arraysAreWhatTheNetworkNeeds() throws Exception {
        String array = "coefficients.bin";
        refused(files().header(array, LENGTH_OF_SHAPE, -6), array, "length of the shape (-6)");
        refused(files().header(array, LENGTH_OF_SHAPE, Long.MAX_VALUE), array, "length of the shape");
        for (long number : new long[] {-1, Long.MIN_VALUE, 1L << 40, Double.doubleToLongBits(Double.NaN)}) {
            refused(files().header(array, SHAPE - Long.BYTES, number), array, "rank (" + number + ")");
            refused(files().header(array, SHAPE, number), array, "axis 0 (" + number + ")");
            refused(files().header(array, SHAPE + 4 * Long.BYTES + 18, number), array);
            refused(files().header("updaterState.bin", SHAPE, number), "updaterState.bin");
        }
        refused(files().with(array, new byte[200]), array, "would be 200 bytes");
        refused(files().with("updaterState.bin", new byte[200]), "updaterState.bin", "would be 200 bytes");
        refused(files().with("parity.bin", new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0}), "batch");
    }

    @Test
    void widthsFitEachOther() throws Exception {
        refused(files().network("\"nin\" : 4,", "\"nin\" : -4,"), "width (-4)");
        refused(files().network("\"nin\" : 4,", "\"nin\" : 1099511627776,"), "width (1099511627776)");
        refused(files().network("\"nin\" : 4,", "\"nin\" : 5,"), "layer 2 of the network reads 5");
        refused(files().network("\"nout\" : 4,", "\"nout\" : 99999999999999999999,"), "64 bits");
    }

    @Test
    void theKindIsTheNetworks() throws Exception {
        String info = files().content("cadenza.json");
        for (String[] kind : new String[][] {
            {"roll", new RollEncoding("balstm", 250).toJson().toString()},
            {
                "paper",
                new PaperEncoding(1000, 1000, new float[] {.1f, .2f, .3f}, new int[] {10}, new int[] {100, 200})
                        .toJson()
                        .toString()
            }
        }) {
            String other = "{\"format\":1,\"kind\":\"" + kind[0] + "\",\"encoding\":" + kind[1]
                    + ",\"provenance\":{},\"metrics\":{}}";
            refused(
                    files().with("cadenza.json", other.getBytes(StandardCharsets.UTF_8)),
                    "layers of the network",
                    "kind " + kind[0]);
        }
        refused(
                files().with("cadenza.json", info.replace("intervals", "other").getBytes(StandardCharsets.UTF_8)),
                "encoding of cadenza.json");
        refused(files().network("\"confs\" : [", "\"confs\" : [ {\"layer\":null},"), "layer 0");
    }
}
