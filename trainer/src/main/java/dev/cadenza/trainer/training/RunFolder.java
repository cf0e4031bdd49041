package dev.cadenza.trainer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.files.LockFile;
import dev.cadenza.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one training run: {@code config.json}, {@code metrics.csv}, {@code best.zip} (lowest validation loss),
 * {@code last.zip} (to resume from) and TensorBoard's event files in {@code tensorboard/}.
 */
public record RunFolder(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Path config() {
        return path.resolve("config.json");
    }

    public Path metrics() {
        return path.resolve("metrics.csv");
    }

    public Path best() {
        return path.resolve("best.zip");
    }

    public Path last() {
        return path.resolve("last.zip");
    }

    public Path tensorboard() {
        return path.resolve("tensorboard");
    }

    /**
     * Claims the folder, made when absent, until the result is closed or the process ends.
     *
     * @throws IOException when another trainer has it
     */
    public LockFile claim() throws IOException {
        Files.createDirectories(path);
        return LockFile.claim(path.resolve(".lock"))
                .orElseThrow(() -> new IOException(path
                        + ": another trainer is at work in this folder; wait for its end, or choose another --out"));
    }

    /** True when a run was begun here. */
    public boolean begun() {
        return Files.exists(config()) || Files.exists(last());
    }

    /** Writes {@code config.json}, whole or not at all. */
    public void writeConfig(JsonNode config) throws IOException {
        WholeFile.write(config(), (config.toPrettyString() + "\n"));
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws IllegalArgumentException when the file is not JSON
     */
    public JsonNode readConfig() throws IOException {
        try {
            return JSON.readTree(Files.readString(config()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(config() + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
