package dev.cadenza.trainer.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sets that are compared: what a model played, and openings of held-out pieces, test before validation. */
public final class PlayedSets {
    private static final List<Split> HELD_OUT = List.of(Split.TEST, Split.VALIDATION);
    private static final int FEWEST = 2;

    private PlayedSets() {}

    /**
     * Measures the files of a folder against people's openings.
     *
     * @param asTrained the corpus as the model read it in training, for the copy check; {@code corpus} itself, but for a piano-roll
     *     model
     * @param pieces openings at most
     * @param notes of each
     */
    public static ObjectNode played(Path folder, EncodedCorpus corpus, EncodedCorpus asTrained, int pieces, int notes)
            throws IOException {
        List<Excerpt> played = PlayedPieces.read(folder, corpus.ticksPerSecond());
        return PlayingFigures.measure(
                played,
                played,
                openings(corpus, 0, pieces, notes),
                new CopyCheck(asTrained, PlayedPieces.openings(asTrained, HELD_OUT, 0, pieces, notes)));
    }

    /** People against other people: what a model could at best come to. */
    public static ObjectNode people(EncodedCorpus corpus, int pieces, int notes) {
        List<Excerpt> people = openings(corpus, 0, pieces, notes);
        List<Excerpt> others = PlayedPieces.openings(corpus, HELD_OUT, people.size(), pieces, notes);
        if (others.size() < FEWEST) {
            // A small corpus: halves of what there is.
            int half = people.size() / 2;
            others = people.subList(half, people.size());
            people = people.subList(0, half);
        }
        List<Excerpt> endings = PlayedPieces.endings(corpus, HELD_OUT, people.size(), others.size(), notes);
        return PlayingFigures.measure(others, endings, people, new CopyCheck(corpus, people));
    }

    /**
     * Openings of held-out pieces.
     *
     * @throws IllegalArgumentException when there are fewer than four
     */
    public static List<Excerpt> openings(EncodedCorpus corpus, int skip, int pieces, int notes) {
        List<Excerpt> openings = PlayedPieces.openings(corpus, HELD_OUT, skip, pieces, notes);
        if (openings.size() < 2 * FEWEST) {
            throw new IllegalArgumentException("the corpus has " + openings.size() + " held-out pieces of " + notes
                    + " notes; there must be at least " + 2 * FEWEST);
        }
        return openings;
    }

    /** Removes a folder of files. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
