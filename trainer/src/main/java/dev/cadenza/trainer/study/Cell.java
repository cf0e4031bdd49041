package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * One result's place and form: the key of its file among {@link Cells}, and the record that the file is read into.
 *
 * @param key as in {@link Cells#of}
 * @param type a record whose components are the file's fields, in snake case
 */
public record Cell<T>(String key, Class<T> type) {
    /** Computes a result. */
    @FunctionalInterface
    public interface Work<T> {
        T compute() throws IOException;
    }

    /**
     * The result, computed unless it is there.
     *
     * @throws IOException also when another process is at work on it
     */
    public T of(Cells cells, Work<T> work) throws IOException {
        return read(cells.of(key, () -> CellJson.write(work.compute())));
    }

    /**
     * The result, if it is there.
     *
     * @throws IOException when its file is none of this form; names it
     */
    public Optional<T> read(Cells cells) throws IOException {
        Optional<ObjectNode> node = cells.read(key);
        return node.isPresent() ? Optional.of(read(node.get())) : Optional.empty();
    }

    /** Whether it is there. */
    public boolean done(Cells cells) throws IOException {
        return cells.read(key).isPresent();
    }

    private T read(ObjectNode node) throws IOException {
        try {
            return CellJson.read(node, type);
        } catch (IOException e) {
            throw new IOException("cell " + key + ": " + e.getMessage() + "; remove it to have it computed again", e);
        }
    }
}
