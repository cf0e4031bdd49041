package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all batches of a run, each on its way through one piece after the other.
 *
 * <p>A row may be written by any thread, but by one at a time. What a window holds depends on its piece, its place and
 * the seeds alone: a lane that is elsewhere, as after a resumed run's start, goes there first.
 */
final class Lanes {
    /** What a lane is at. */
    private record Under(EncodedPiece piece, Augmentation augmentation) {}

    private final EncodedCorpus corpus;
    private final Lane[] lanes;
    private final @Nullable Under[] under;

    Lanes(EncodedCorpus corpus, int rows) {
        this.corpus = corpus;
        lanes = new Lane[rows];
        under = new Under[rows];
        for (int row = 0; row < rows; row++) {
            lanes[row] = new Lane(true);
        }
    }

    /**
     * Writes a window as {@link Lane#write} does.
     *
     * @param row 0-based among all rows of a batch
     * @return how many of its steps are notes
     */
    int write(
            int row,
            EncodedPiece piece,
            Augmentation augmentation,
            int from,
            int steps,
            long controlSeed,
            Window window) {
        Under now = new Under(piece, augmentation);
        Lane lane = lanes[row];
        if (!Objects.equals(under[row], now)) {
            lane.start(PerformedPiece.of(corpus, piece, PerformerEncoding.STANDARD, augmentation));
            under[row] = now;
        }
        return lane.write(from, steps, controlSeed, window.features, window.labels, window.first, window.stride);
    }

    /**
     * Where a window goes.
     *
     * @param first place of step 0, in rows
     * @param stride rows between steps
     */
    @SuppressWarnings("ArrayRecordComponent") // Written into, never compared.
    record Window(float[] features, float[] labels, int first, int stride) {}
}
