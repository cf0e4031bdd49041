package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.training.Mixing;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parts of a corpus of performances. */
final class Performances {
    private Performances() {}

    /**
     * The corpus with a share of its training pieces and so many of its validation pieces, drawn by a hash of their paths:
     * a larger share has all pieces of a smaller one.
     *
     * @param share of the training pieces, above 0, at most 1; at least one piece is left
     * @param held validation pieces at most
     */
    static EncodedCorpus part(EncodedCorpus corpus, double share, int held) {
        Set<EncodedPiece> kept = new HashSet<>(drawn(corpus.pieces(Split.TRAIN), share));
        List<EncodedPiece> validation = corpus.pieces(Split.VALIDATION);
        kept.addAll(drawn(validation, Math.min(1, held / (double) validation.size())));
        return corpus.only(kept::contains);
    }

    private static List<EncodedPiece> drawn(List<EncodedPiece> pieces, double share) {
        int count = (int) Math.max(1, Math.round(share * pieces.size()));
        return pieces.stream()
                .sorted(Comparator.comparingLong(
                        piece -> Mixing.mix(1, piece.path().hashCode())))
                .limit(count)
                .toList();
    }
}
