package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A network with everything that is needed to go on training it or to export it.
 *
 * <p>Written under another name and moved into place: a reader sees the old file or the new one, whole. The network is mutable and
 * belongs to the caller.
 *
 * @param training where training stands; empty in a checkpoint that is not meant to be resumed
 */
public record Checkpoint(MultiLayerNetwork network, CheckpointInfo info, ObjectNode training, ParityRows parity) {
    static {
        Dl4jNames.register();
    }

    static final int FORMAT = 1;
    private static final int PARITY_HEADER_BYTES = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a checkpoint with its updater's state when it holds one. The file is not trusted: nothing in it is
     * taken for a class, a size or a Java object that Cadenza does not write.
     *
     * @throws CheckpointFormatException when the file is not a checkpoint of this project or is damaged
     */
    public static Checkpoint read(Path path) throws IOException, CheckpointFormatException {
        return read(path, NetworkNames.CADENZA);
    }

    static Checkpoint read(Path path, NetworkNames names) throws IOException, CheckpointFormatException {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointFormatException(path + ": no such file");
        }
        try (CheckpointZip zip = CheckpointZip.open(path)) {
            return new CheckpointReader(zip, names).read();
        } catch (CheckpointFormatException | IllegalArgumentException | ZipException e) {
            throw new CheckpointFormatException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes this checkpoint to {@code path}, atomically.
     *
     * @param updaterState false leaves out what only further training needs: two thirds of the file
     */
    public void write(Path path, boolean updaterState) throws IOException {
        write(path, updaterState, NetworkNames.CADENZA);
    }

    void write(Path path, boolean updaterState, NetworkNames names) throws IOException {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, model, updaterState);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(whole)) {
            try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(model.toByteArray()))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    byte[] bytes = entries.readAllBytes();
                    put(
                            out,
                            entry.getName(),
                            entry.getName().equals(CheckpointEntry.CONFIGURATION.file()) ? named(bytes, names) : bytes);
                }
            }
            put(out, CheckpointEntry.INFO.file(), infoJson().getBytes(StandardCharsets.UTF_8));
            put(out, CheckpointEntry.TRAINING.file(), training.toPrettyString().getBytes(StandardCharsets.UTF_8));
            put(out, CheckpointEntry.PARITY.file(), parityBytes());
        }
        WholeFile.write(path, whole.toByteArray());
    }

    private static byte[] named(byte[] configuration, NetworkNames names) {
        String json = new String(configuration, StandardCharsets.UTF_8);
        return new NetworkJson(names).toNames(json).getBytes(StandardCharsets.UTF_8);
    }

    private String infoJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("format", FORMAT).put("kind", info.kind());
        node.set("encoding", info.encoding());
        node.set("provenance", info.provenance());
        node.set("metrics", info.metrics());
        return node.toPrettyString();
    }

    private byte[] parityBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(PARITY_HEADER_BYTES + parity.values().length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(parity.batch()).putInt(parity.steps()).putInt(parity.columns());
        buffer.asFloatBuffer().put(parity.values());
        return buffer.array();
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
