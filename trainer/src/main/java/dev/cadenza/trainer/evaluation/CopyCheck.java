package dev.cadenza.trainer.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.util.Arrays;
import java.util.List;

/**
 * The longest runs of notes that are in training pieces too: of pieces that were played, and of people's, by
 * the same reading.
 *
 * @param trained the corpus as the model read it in training: a piano-roll model knows the notes of its grid only
 * @param people held-out pieces of that corpus
 */
record CopyCheck(EncodedCorpus trained, List<Excerpt> people) {
    private static final String RUN = "shared_run_notes_";

    CopyCheck {
        people = List.copyOf(people);
    }

    /** Puts {@code shared_run_notes_median} and {@code _longest}, and people's, as {@code people_shared_run_notes_..}. */
    void put(ObjectNode node, List<Excerpt> played) {
        SharedRuns runs = new SharedRuns();
        played.forEach(runs::add);
        people.forEach(runs::add);
        for (EncodedPiece piece : trained.pieces(Split.TRAIN)) {
            runs.read(PlayedPieces.excerpt(trained, piece, piece.notes()));
        }
        int[] longest = runs.longest();
        put(node, RUN, Arrays.copyOf(longest, played.size()));
        put(node, "people_" + RUN, Arrays.copyOfRange(longest, played.size(), longest.length));
    }

    private static void put(ObjectNode node, String name, int[] runs) {
        if (runs.length > 0) {
            Arrays.sort(runs);
            node.put(name + "median", runs[runs.length / 2]);
            node.put(name + "longest", runs[runs.length - 1]);
        }
    }
}
