package dev.cadenza.trainer;

import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --from} names: a checkpoint, or the folder of a published version that holds one. */
final class FromCheckpoint {
    private static final String FILE = "checkpoint.zip";

    private FromCheckpoint() {}

    static Checkpoint read(Path from) throws IOException, CheckpointFormatException {
        Path file = Files.isDirectory(from) ? from.resolve(FILE) : from;
        if (!Files.isRegularFile(file)) {
            throw new CheckpointFormatException(
                    "--from " + from + ": no such checkpoint, and no folder with a " + FILE + " in it");
        }
        return Checkpoint.read(file);
    }
}
