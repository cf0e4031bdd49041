package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.files.WholeFile;
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
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A network with everything that is needed to go on training it or to export it.
 *
 * <p>Written beside and moved into place: a reader sees the old file or the new one, whole. The network is mutable and
 * belongs to whoever read it.
 *
 * @param training where training stands; empty in a checkpoint that is not meant to be resumed
 */
public record Checkpoint(MultiLayerNetwork network, CheckpointInfo info, ObjectNode training, ParityRows parity) {
    private static final int FORMAT = 1;
    private static final String INFO = "cadenza.json";
    private static final String TRAINING = "training.json";
    private static final String PARITY = "parity.bin";
    private static final int PARITY_HEADER_BYTES = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a checkpoint with its updater's state when it holds one.
     *
     * @throws CheckpointFormatException when the file is not a checkpoint of this project or is damaged
     */
    public static Checkpoint read(Path path) throws IOException, CheckpointFormatException {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointFormatException(path + ": no such file");
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            JsonNode info = json(path, zip, INFO);
            if (info.path("format").asInt() != FORMAT) {
                throw new CheckpointFormatException(
                        path + ": format (" + info.path("format") + ") of " + INFO + " must be " + FORMAT);
            }
            CheckpointInfo read = new CheckpointInfo(
                    info.path("kind").asText(),
                    object(path, info.path("encoding"), "encoding"),
                    object(path, info.path("provenance"), "provenance"),
                    object(path, info.path("metrics"), "metrics"));
            ObjectNode training = object(path, json(path, zip, TRAINING), TRAINING);
            ParityRows parity = parity(path, bytes(path, zip, PARITY));
            return new Checkpoint(restore(path), read, training, parity);
        } catch (ZipException e) {
            throw new CheckpointFormatException(path + ": not a readable zip: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CheckpointFormatException(path + ": " + e.getMessage(), e);
        }
    }

    private static MultiLayerNetwork restore(Path path) throws IOException, CheckpointFormatException {
        try {
            return ModelSerializer.restoreMultiLayerNetwork(path.toFile(), true);
        } catch (RuntimeException e) {
            throw new CheckpointFormatException(path + ": DL4J cannot restore the network: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(Path path, ZipFile zip, String name) throws IOException, CheckpointFormatException {
        try {
            return JSON.readTree(bytes(path, zip, name));
        } catch (JsonProcessingException e) {
            throw new CheckpointFormatException(
                    path + ": entry " + name + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode object(Path path, JsonNode node, String name) throws CheckpointFormatException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new CheckpointFormatException(path + ": " + name + " must be a JSON object");
    }

    private static byte[] bytes(Path path, ZipFile zip, String name) throws IOException, CheckpointFormatException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new CheckpointFormatException(path + ": no entry " + name + "; not a checkpoint of this project");
        }
        return zip.getInputStream(entry).readAllBytes();
    }

    private static ParityRows parity(Path path, byte[] bytes) throws CheckpointFormatException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < PARITY_HEADER_BYTES) {
            throw new CheckpointFormatException(path + ": entry " + PARITY + " ends after " + bytes.length + " bytes");
        }
        int batch = buffer.getInt();
        int steps = buffer.getInt();
        int columns = buffer.getInt();
        float[] values = new float[(bytes.length - PARITY_HEADER_BYTES) / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return new ParityRows(batch, steps, columns, values);
    }

    /**
     * Writes this checkpoint to {@code path}, atomically.
     *
     * @param updaterState false leaves out what only further training needs: two thirds of the file
     */
    public void write(Path path, boolean updaterState) throws IOException {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, model, updaterState);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(whole)) {
            try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(model.toByteArray()))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    put(out, entry.getName(), entries.readAllBytes());
                }
            }
            put(out, INFO, infoJson().getBytes(StandardCharsets.UTF_8));
            put(out, TRAINING, training.toPrettyString().getBytes(StandardCharsets.UTF_8));
            put(out, PARITY, parityBytes());
        }
        WholeFile.write(path, whole.toByteArray());
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
