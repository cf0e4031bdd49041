package dev.cadenza.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.SmallCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.roll.PerformedRolls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlayedSetsTest {
    private static final int NOTES = 60;
    private static final int STEP_MILLIS = 250;

    @TempDir
    Path folder;

    private EncodedCorpus corpus;
    private Path midi;

    @BeforeEach
    void corpus() throws Exception {
        Path data = SmallCorpus.maestro(folder.resolve("data"), 20, 120);
        corpus = EncodedCorpus.encode(data, Corpus.open(data), 1000, folder.resolve("cache"), done -> {});
        midi = Files.createDirectories(folder.resolve("midi"));
    }

    /** Plays three openings of a corpus. */
    private void play(EncodedCorpus of, Split split) throws Exception {
        List<Excerpt> openings = PlayedPieces.openings(of, List.of(split), 0, 3, NOTES);
        assertThat(openings).hasSize(3);
        for (int piece = 0; piece < 3; piece++) {
            NoteMatrix notes = NoteMatrix.of(1000, openings.get(piece).rows());
            MidiFiles.write(notes.toScore(TempoMap.constant(500, 500_000), 0), midi.resolve("piece-" + piece + ".mid"));
        }
    }

    private static int copied(ObjectNode measured) {
        return measured.path("shared_run_notes_longest").asInt();
    }

    @Test
    void copiesOfTrainingPiecesAreTold() throws Exception {
        play(corpus, Split.TRAIN);
        ObjectNode measured = PlayedSets.played(midi, corpus, corpus, 8, NOTES);

        assertThat(measured.path("pieces").asInt()).isEqualTo(3);
        assertThat(measured.path("people").asInt()).isEqualTo(8);
        assertThat(copied(measured)).isEqualTo(NOTES);
        assertThat(measured.path("shared_run_notes_median").asInt()).isEqualTo(NOTES);
        assertThat(measured.path("people_shared_run_notes_longest").asInt()).isBetween(3, 20);
        assertThat(measured.path("features").properties()).hasSize(9);
    }

    @Test
    void copiesOfTrainingPiecesAsRollsAreToldWhenThePiecesAreReadAsRolls() throws Exception {
        EncodedCorpus rolls = PerformedRolls.asNotes(corpus, STEP_MILLIS);
        play(rolls, Split.TRAIN);
        ObjectNode measured = PlayedSets.played(midi, corpus, rolls, 8, NOTES);

        assertThat(copied(measured)).isEqualTo(NOTES);
        assertThat(measured.path("people_shared_run_notes_longest").asInt()).isBetween(3, 20);
        assertThat(copied(PlayedSets.played(midi, corpus, corpus, 8, NOTES))).isLessThan(NOTES / 2);
    }

    /** What is held against itself has each piece at distance 0 of itself: the two densities are near, not the same. */
    @Test
    void peoplesOwnOpeningsOverlapMoreThanOtherPeoples() throws Exception {
        play(corpus, Split.TEST);
        ObjectNode same = PlayedSets.played(midi, corpus, corpus, 4, NOTES);
        ObjectNode people = PlayedSets.people(corpus, 4, NOTES);

        assertThat(same.path("overlap_mean").asDouble()).isBetween(0.5, 1.0);
        assertThat(same.path("inter_onset_overlap").asDouble())
                .isGreaterThan(people.path("inter_onset_overlap").asDouble());
        assertThat(people.path("pieces").asInt()).isEqualTo(4);
        assertThat(people.path("people").asInt()).isEqualTo(4);
        assertThat(copied(people)).isLessThan(20);
        assertThat(people.path("people_shared_run_notes_longest").asInt()).isLessThan(20);
    }

    @Test
    void aRowHasAValueUnderEveryName() throws Exception {
        ObjectNode people = PlayedSets.people(corpus, 4, NOTES);
        List<String> row = PlayingFigures.row(people);

        assertThat(row).hasSameSizeAs(PlayingFigures.header()).doesNotContain("");
        assertThat(row.get(row.size() - 2)).isEqualTo(Integer.toString(copied(people)));
        assertThat(PlayingFigures.table(people, people).lines().skip(1))
                .hasSameSizeAs(row)
                .allMatch(line -> line.length() == 36);
    }

    @Test
    void fewerThanFourHeldOutPiecesAreRefused() {
        assertThatThrownBy(() -> PlayedSets.people(corpus, 3, NOTES)).hasMessageContaining("3 held-out pieces");
    }
}
