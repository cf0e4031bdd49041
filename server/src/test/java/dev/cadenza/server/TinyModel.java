package dev.cadenza.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The runtime's tiny published model, which plays noise, on the tests' class path. */
public final class TinyModel {
    public static final String NAME = "tiny-paper";

    private static final int[] MEDIANS = {180, 240, 420, 900};

    private TinyModel() {}

    /** The models folder that holds it. */
    public static Path models() {
        URL url = TinyModel.class.getResource("/models");
        if (url == null) {
            throw new IllegalStateException("the tiny model is not on the class path");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A version that plays the same but for the durations of its notes, all longer by {@code more} ms.
     *
     * @return its folder
     */
    public static Path variantTo(Path models, String name, int version, int more) {
        Path folder = copyTo(models, name, version);
        try {
            byte[] model = Files.readAllBytes(folder.resolve("model.onnx"));
            ByteBuffer bytes = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
            int at = 0;
            while (bytes.getInt(at) != MEDIANS[0]
                    || bytes.getInt(at + Integer.BYTES) != MEDIANS[1]
                    || bytes.getInt(at + 2 * Integer.BYTES) != MEDIANS[2]) {
                at++;
            }
            for (int median : MEDIANS) {
                bytes.putInt(at, median + more);
                at += Integer.BYTES;
            }
            replace(folder, "model.onnx", model);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts other bytes into a file of a copy, and their hash and size into the manifest: a version that lies well. */
    public static void replace(Path folder, String name, byte[] content) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode manifest = (ObjectNode) json.readTree(Files.readAllBytes(folder.resolve("manifest.json")));
        manifest.withObject("/files")
                .putObject(name)
                .put("sha256", Sha256.hex(content))
                .put("bytes", content.length);
        Files.write(folder.resolve(name), content);
        Files.write(folder.resolve("manifest.json"), json.writeValueAsBytes(manifest));
    }

    /** A copy of its version under another name and number. */
    public static Path copyTo(Path models, String name, int version) {
        Path from = models().resolve(NAME).resolve("1");
        Path to = models.resolve(name).resolve(Integer.toString(version));
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Offset of the data of a named constant in the bytes of an ONNX file that this project wrote. */
    public static int dataOffset(byte[] model, String constant) {
        // TensorProto: name (field 8), then raw_data (field 9) with a length of one or two bytes.
        byte[] name = constant.getBytes(StandardCharsets.UTF_8);
        for (int at = 2; at < model.length - name.length; at++) {
            if (model[at - 2] == 0x42
                    && model[at - 1] == name.length
                    && java.util.Arrays.equals(model, at, at + name.length, name, 0, name.length)) {
                int length = at + name.length + 1;
                return model[length] < 0 ? length + 2 : length + 1;
            }
        }
        throw new IllegalArgumentException("constant (" + constant + ") must be in the model");
    }
}
