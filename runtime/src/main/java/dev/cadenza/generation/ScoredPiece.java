package dev.cadenza.generation;

import dev.cadenza.notematrix.NoteMatrix;
import java.util.List;

/**
 * How likely a model finds a piece.
 *
 * @param notes the piece as the model read it
 * @param attributes names of what has a likelihood, such as {@code interval}, in order
 * @param logp {@code [notes, attributes]} row-major, nats
 * @param merged notes of the piece that are not among them: read as one with another on their key and tick of the grid
 * @param unplayable notes of the piece that are not among them: off the piano, so that the model has no key for them
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record ScoredPiece(NoteMatrix notes, List<String> attributes, float[] logp, int merged, int unplayable) {
    public ScoredPiece {
        attributes = List.copyOf(attributes);
        if (logp.length != notes.size() * attributes.size()) {
            throw new IllegalArgumentException("logp (" + logp.length + " numbers) must be notes x attributes ("
                    + notes.size() + " x " + attributes.size() + ")");
        }
    }

    /** Nats a note of one attribute: the mean of -logp. */
    public double nll(int attribute) {
        double sum = 0;
        for (int at = attribute; at < logp.length; at += attributes.size()) {
            sum -= logp[at];
        }
        return sum / notes.size();
    }

    /** Nats a note of all attributes. */
    public double nll() {
        double sum = 0;
        for (int attribute = 0; attribute < attributes.size(); attribute++) {
            sum += nll(attribute);
        }
        return sum;
    }
}
