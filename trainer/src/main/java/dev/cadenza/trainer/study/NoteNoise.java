package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.training.Mixing;
import java.util.SplittableRandom;

/**
 * Noise on notes: what a poor transcription does to a performance.
 *
 * @param jitterSeconds standard deviation of a normal shift of each onset, at least 0
 * @param velocity standard deviation of a normal change of each velocity, in MIDI's 1..127, at least 0
 * @param dropped share of notes that are left out, 0 up to 1
 * @param added notes put in for each note there was, uniform over the piece's time and pitches, 0 to 1
 */
public record NoteNoise(double jitterSeconds, double velocity, double dropped, double added) {
    public static final NoteNoise NONE = new NoteNoise(0, 0, 0, 0);

    public NoteNoise {
        if (!(jitterSeconds >= 0 && velocity >= 0 && added >= 0 && added <= 1 && dropped >= 0 && dropped < 1)) {
            throw new IllegalArgumentException(
                    "noise (jitter " + jitterSeconds + ", velocity " + velocity + ", dropped " + dropped + ", added "
                            + added + ") must be at least 0, dropped below 1, added at most 1");
        }
    }

    /** The corpus under this noise; depends on seed and piece alone. */
    public EncodedCorpus on(EncodedCorpus corpus, long seed) {
        if (equals(NONE)) {
            return corpus;
        }
        return corpus.changed((piece, rows) -> changed(piece, rows, corpus.ticksPerSecond(), seed));
    }

    private int[] changed(EncodedPiece piece, int[] rows, int ticksPerSecond, long seed) {
        SplittableRandom random =
                new SplittableRandom(Mixing.mix(seed, piece.path().hashCode(), piece.notes()));
        PieceNotes notes = PieceNotes.of(rows);
        PieceNotes heard = new PieceNotes();
        int lowest = 127;
        int highest = 0;
        for (PieceNotes.Timed note : notes.all()) {
            lowest = Math.min(lowest, note.pitch());
            highest = Math.max(highest, note.pitch());
        }
        long end = notes.last();
        for (PieceNotes.Timed note : notes.all()) {
            if (random.nextDouble() >= dropped) {
                long shift =
                        jitterSeconds == 0 ? 0 : Math.round(random.nextGaussian() * jitterSeconds * ticksPerSecond);
                int louder = velocity == 0 ? 0 : (int) Math.round(random.nextGaussian() * velocity);
                heard.add(new PieceNotes.Timed(
                        Math.max(0, note.onset() + shift),
                        note.pitch(),
                        Math.max(1, Math.min(127, note.velocity() + louder)),
                        note.duration()));
            }
            if (random.nextDouble() < added) {
                heard.add(new PieceNotes.Timed(
                        random.nextLong(end + 1),
                        random.nextInt(lowest, highest + 1),
                        random.nextInt(1, 128),
                        note.duration()));
            }
        }
        return heard.rows();
    }
}
