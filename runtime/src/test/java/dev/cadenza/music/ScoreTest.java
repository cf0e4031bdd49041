package dev.cadenza.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {
    private static final TempoMap MAP = TempoMap.constant(100, 1_000_000);

    @Test
    void notesStandByStartPitchAndChannel() {
        Note late = new Note(0, 40, 1, 10, 1);
        Note high = new Note(0, 61, 1, 0, 1);
        Note otherChannel = new Note(1, 60, 1, 0, 1);
        Note first = new Note(0, 60, 1, 0, 1);
        assertThat(Score.of(MAP, List.of(late, high, otherChannel, first)).notes())
                .containsExactly(first, otherChannel, high, late);
    }

    @Test
    void theSameMusicIsEqualInWhateverOrderItIsGiven() {
        Score score = new RandomScores(new SplittableRandom(5)).next(RandomScores.Kind.ENSEMBLE);
        List<Note> shuffled = new ArrayList<>(score.notes());
        Collections.shuffle(shuffled, new Random(1));
        List<ProgramChange> programs = new ArrayList<>(score.programChanges());
        Collections.shuffle(programs, new Random(1));
        assertThat(new Score(score.tempoMap(), score.timeSignatures(), score.keySignatures(), programs, shuffled))
                .isEqualTo(score)
                .hasSameHashCodeAs(score);
    }

    @Test
    void listsAreCopiedAndCannotBeChanged() {
        List<Note> notes = new ArrayList<>(List.of(new Note(0, 60, 64, 0, 10)));
        Score score = Score.of(MAP, notes);
        notes.clear();
        assertThat(score.notes()).hasSize(1);
        assertThatThrownBy(() -> score.notes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theLastDescriptionGivenAtATickHolds() {
        Score score = new Score(
                MAP,
                List.of(new TimeSignature(0, 4, 4), new TimeSignature(0, 3, 4)),
                List.of(new KeySignature(5, 1, false), new KeySignature(0, -1, true), new KeySignature(5, 2, false)),
                List.of(new ProgramChange(0, 1, 5), new ProgramChange(0, 0, 6), new ProgramChange(0, 1, 7)),
                List.of());
        assertThat(score.timeSignatures()).containsExactly(new TimeSignature(0, 3, 4));
        assertThat(score.keySignatures()).containsExactly(new KeySignature(0, -1, true), new KeySignature(5, 2, false));
        assertThat(score.programChanges()).containsExactly(new ProgramChange(0, 0, 6), new ProgramChange(0, 1, 7));
    }

    @Test
    void aScoreLastsUntilItsLastNoteEnds() {
        Score score = Score.of(MAP, List.of(new Note(0, 60, 64, 0, 500), new Note(0, 62, 64, 100, 10)));
        assertThat(score.endTick()).isEqualTo(500);
        assertThat(score.durationMicros()).isEqualTo(5_000_000);
        assertThat(Score.of(MAP, List.of()).durationMicros()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "16, 60, 64, 0, 1, channel (16)",
        "0, 128, 64, 0, 1, pitch (128)",
        "0, -1, 64, 0, 1, pitch (-1)",
        "0, 60, 0, 0, 1, velocity (0)",
        "0, 60, 128, 0, 1, velocity (128)",
        "0, 60, 64, -1, 1, startTick (-1)",
        "0, 60, 64, 0, 0, durationTicks (0)",
        "0, 60, 64, 1, 274877906943, durationTicks (274877906943)"
    })
    void aNoteOutOfRangeIsRefusedByName(int channel, int pitch, int velocity, long start, long duration, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Note(channel, pitch, velocity, start, duration))
                .withMessageStartingWith(name + " must be in ");
    }

    @Test
    void descriptionsOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeSignature(0, 3, 6))
                .withMessage("denominator (6) must be a power of two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeSignature(0, 0, 4))
                .withMessageStartingWith("numerator (0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeySignature(0, 8, false))
                .withMessageStartingWith("sharps (8)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProgramChange(0, 0, 128))
                .withMessageStartingWith("program (128)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MidiLimits(0, 1, 1))
                .withMessageStartingWith("maxBytes (0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MidiLimits(1, 1, Double.NaN))
                .withMessageStartingWith("maxSeconds (NaN)");
    }
}
