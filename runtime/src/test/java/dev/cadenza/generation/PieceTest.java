package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.music.KeySignature;
import dev.cadenza.music.Note;
import dev.cadenza.music.ProgramChange;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import dev.cadenza.music.TimeSignature;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PieceTest {
    private static final NoteMatrix NEW_NOTES =
            NoteMatrix.of(1000, new int[] {251, 60, 70, 333, 0, 64, 71, 1, 17, 67, 72, 1001});

    @Test
    void aPieceWithoutAPromptHasTicksOfAMillisecond() {
        Score score = piece(null).complete(0);
        assertThat(score.tempoMap()).isEqualTo(TempoMap.constant(500, 500_000));
        assertThat(score.notes())
                .containsExactly(new Note(0, 60, 70, 0, 333), new Note(0, 64, 71, 0, 1), new Note(0, 67, 72, 17, 1001));
        assertThat(piece(null).continuation(0)).isEqualTo(score);
    }

    @Test
    void theTempoSetsTheGridAndNotTheTime() {
        Score slow = piece(null).continuation(0, 1_234_567);
        assertThat(slow.tempoMap().changes()).containsExactly(new TempoChange(0, 1_234_567));
        assertThat(NoteMatrix.of(slow, 1000).rows()).containsExactly(0, 60, 70, 333, 0, 64, 71, 1, 17, 67, 72, 1001);
    }

    @Test
    void thePromptStaysAsItIsAndTheMusicGoesOnBehindIt() {
        TempoMap tempoMap = TempoMap.of(480, List.of(new TempoChange(0, 400_000), new TempoChange(960, 300_000)));
        Score prompt = new Score(
                tempoMap,
                List.of(new TimeSignature(0, 3, 4)),
                List.of(new KeySignature(0, -3, true)),
                List.of(new ProgramChange(0, 2, 40)),
                List.of(new Note(2, 55, 80, 0, 480), new Note(9, 36, 90, 960, 10), new Note(2, 57, 81, 960, 480)));
        Score whole = piece(new Prompt(prompt)).complete(0);
        // Ticks of 300,000/480 microseconds are shorter than a millisecond: nothing is rescaled.
        assertThat(whole.tempoMap()).isEqualTo(tempoMap);
        assertThat(whole.timeSignatures()).isEqualTo(prompt.timeSignatures());
        assertThat(whole.keySignatures()).isEqualTo(prompt.keySignatures());
        assertThat(whole.programChanges()).isEqualTo(prompt.programChanges());
        assertThat(whole.notes()).containsAll(prompt.notes()).hasSize(6);
        // The prompt's last onset is at 800 ms; the first new note 251 ms later, on the prompt's channel.
        Note first = whole.notes().get(3);
        assertThat(first.channel()).isEqualTo(2);
        assertThat(tempoMap.microsAt(first.startTick())).isBetween(1_050_500L, 1_051_500L);
        assertThat(NoteMatrix.of(whole, 1000).rows()).endsWith(251, 60, 70, 333, 0, 64, 71, 1, 17, 67, 72, 1001);
    }

    @Test
    void aPromptOfLongTicksGetsShorterOnes() {
        Score prompt = new Score(
                TempoMap.constant(24, 500_000),
                List.of(new TimeSignature(48, 3, 4)),
                List.of(new KeySignature(24, 2, false)),
                List.of(new ProgramChange(24, 0, 5)),
                List.of(new Note(0, 50, 60, 24, 12)));
        Score whole = piece(new Prompt(prompt)).complete(0);
        assertThat(whole.ticksPerQuarter()).isEqualTo(24 * 21);
        assertThat(whole.timeSignatures()).containsExactly(new TimeSignature(48 * 21, 3, 4));
        assertThat(whole.keySignatures()).containsExactly(new KeySignature(24 * 21, 2, false));
        assertThat(whole.programChanges()).containsExactly(new ProgramChange(24 * 21, 0, 5));
        assertThat(whole.notes().get(0)).isEqualTo(new Note(0, 50, 60, 24 * 21, 12 * 21));
        assertThat(NoteMatrix.of(whole, 1000).rows())
                .containsExactly(500, 50, 60, 250, 251, 60, 70, 333, 0, 64, 71, 1, 17, 67, 72, 1001);
    }

    @Test
    void theContinuationAloneBeginsAtZeroAtThePromptsLastTempo() {
        Score prompt = Score.of(
                TempoMap.of(480, List.of(new TempoChange(0, 400_000), new TempoChange(960, 900_000))),
                List.of(new Note(0, 50, 60, 0, 100)));
        Score alone = piece(new Prompt(prompt)).continuation(0);
        assertThat(alone.tempoMap().changes()).containsExactly(new TempoChange(0, 900_000));
        assertThat(NoteMatrix.of(alone, 1000).rows()).containsExactly(0, 60, 70, 333, 0, 64, 71, 1, 17, 67, 72, 1001);
    }

    private static Piece piece(@Nullable Prompt prompt) {
        NoteMatrix heard = prompt == null
                ? NoteMatrix.of(NEW_NOTES.ticksPerSecond(), new int[0])
                : NoteMatrix.of(prompt.score(), NEW_NOTES.ticksPerSecond());
        long onset = heard.size() == 0 ? 0 : heard.onsetTick(heard.size() - 1);
        return new Piece(prompt, onset, List.of(new Variation(1, NEW_NOTES, -1, null)));
    }
}
