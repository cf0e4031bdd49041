package dev.cadenza.trainer.family;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The data that a command line names.
 *
 * @param named whether {@code --data} was given
 * @param performances encodes the corpus of {@code --data}, and fails when there is none
 * @param rolls {@code --rolls}, a file of piano rolls
 * @param log for lines about the data
 */
public record DataSource(
        boolean named, Encoder performances, @Nullable Path rolls, PrintWriter log) {
    /** Encodes a corpus of MIDI files. */
    @FunctionalInterface
    public interface Encoder {
        EncodedCorpus encode(int ticksPerSecond) throws IOException, CorpusFormatException;
    }

    /**
     * The corpus of {@code --data}, for a kind that reads nothing else.
     *
     * @throws WrongUsageException when there are {@code --rolls} too
     */
    public EncodedCorpus performancesOnly(String kind, int ticksPerSecond) throws IOException, CorpusFormatException {
        if (rolls != null) {
            throw new WrongUsageException(
                    "--rolls (" + rolls + ") goes with piano-roll models, not with the kind " + kind);
        }
        return performances.encode(ticksPerSecond);
    }
}
