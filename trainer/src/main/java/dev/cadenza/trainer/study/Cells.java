package dev.cadenza.trainer.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.LockFile;
import dev.cadenza.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Results that are done, one JSON file each: what makes a study resumable. A cell is computed once; asked for again, it is
 * read. One thread; several processes may share a folder, a cell is one's at a time.
 *
 * @param folder where cells lie, made when absent
 */
public record Cells(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".json";

    /** Computes a cell. */
    @FunctionalInterface
    public interface Work {
        ObjectNode compute() throws IOException;
    }

    /**
     * A cell's content.
     *
     * @param key its file below the folder without an ending, such as {@code rolls/jsb_chorales/balstm-1}
     * @throws BusyException when it is at work already, in another process
     */
    @SuppressWarnings("try")
    public ObjectNode of(String key, Work work) throws IOException {
        Optional<ObjectNode> done = read(key);
        if (done.isPresent()) {
            return done.get();
        }
        Path file = file(key);
        Files.createDirectories(file.resolveSibling("."));
        Path lock = folder.resolve(key + ".lock");
        try (LockFile held = LockFile.claim(lock).orElseThrow(() -> new BusyException(key))) {
            // Another process that held the lock may have written the cell.
            Optional<ObjectNode> meanwhile = read(key);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            ObjectNode computed = work.compute();
            WholeFile.write(file, (computed.toPrettyString() + "\n"));
            Files.deleteIfExists(lock);
            return computed;
        }
    }

    /**
     * A cell that is done.
     *
     * @throws IOException when its file is not a JSON object; names it
     */
    public Optional<ObjectNode> read(String key) throws IOException {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(Files.readString(file));
            if (node instanceof ObjectNode object) {
                return Optional.of(object);
            }
            throw new IOException(file + " holds no JSON object; remove it to have it computed again");
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " is not JSON (" + e.getOriginalMessage() + "); remove it to have it computed again", e);
        }
    }

    /** Keys of all cells that are done, in order. */
    public List<String> keys() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ENDING);
    }

    /** A cell is at work already, in another process; what else there is to do can be done meanwhile. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1;

        BusyException(String cell) {
            super(cell + " is at work already");
        }
    }
}
