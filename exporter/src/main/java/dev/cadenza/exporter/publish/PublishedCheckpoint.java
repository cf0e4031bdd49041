package dev.cadenza.exporter.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkpoint as it goes with a version: the network alone, without the updater's state and without real notes. */
final class PublishedCheckpoint {
    /** The file's name in a version's folder. */
    static final String FILE = "checkpoint.zip";

    private PublishedCheckpoint() {}

    static byte[] bytes(Checkpoint checkpoint) throws IOException {
        ParityRows none = new ParityRows(0, 0, checkpoint.parity().columns(), new float[0]);
        Path folder = Files.createTempDirectory("cadenza-checkpoint");
        Path file = folder.resolve(FILE);
        try {
            new Checkpoint(checkpoint.network(), checkpoint.info(), JsonNodeFactory.instance.objectNode(), none)
                    .write(file, false);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
