package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.MidiFormatException;
import dev.cadenza.music.MidiLimits;
import dev.cadenza.music.MidiReadOptions;
import dev.cadenza.music.Note;
import dev.cadenza.music.ProgramChange;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteMatrixTest {
    private static final TempoMap MILLISECONDS = TempoMap.constant(500, 500_000);

    /** The example of the package's description. */
    @Test
    void theWorkedExampleHolds() {
        Score score = Score.of(
                TempoMap.constant(480, 500_000),
                List.of(new Note(0, 60, 64, 0, 240), new Note(0, 72, 90, 241, 239), new Note(0, 64, 80, 241, 239)));
        NoteMatrix matrix = NoteMatrix.of(score, 1000);
        assertThat(matrix.rows()).containsExactly(0, 60, 64, 250, 251, 64, 80, 249, 0, 72, 90, 249);
        PaperEncoding encoding =
                new PaperEncoding(1000, 1000, new float[] {0.1f, 0.1f, 0.1f}, new int[0], new int[] {100});
        float[] scaled = new float[9];
        for (int row = 0; row < 3; row++) {
            encoding.scale(matrix, row, scaled, row * 3);
        }
        assertThat(scaled)
                .containsExactly(
                        new float[] {0, 0.4724f, 0.5039f, 0.251f, 0.5039f, 0.6299f, 0, 0.5669f, 0.7087f},
                        offset(0.00005f));
    }

    @Test
    void theFirstIntervalCountsFromTheStart() {
        NoteMatrix matrix = NoteMatrix.of(Score.of(MILLISECONDS, List.of(new Note(0, 60, 64, 1500, 10))), 1000);
        assertThat(matrix.interval(0)).isEqualTo(1500);
        assertThat(matrix.onsetTick(0)).isEqualTo(1500);
    }

    @Test
    void percussionIsLeftOutAndLeavesNoGap() {
        NoteMatrix matrix = NoteMatrix.of(
                Score.of(
                        MILLISECONDS,
                        List.of(
                                new Note(9, 36, 64, 0, 10),
                                new Note(0, 60, 64, 100, 10),
                                new Note(9, 38, 64, 150, 10),
                                new Note(3, 62, 64, 300, 10))),
                1000);
        assertThat(matrix.rows()).containsExactly(100, 60, 64, 10, 200, 62, 64, 10);
    }

    @Test
    void notesThatFallOnOneTickOfTheGridAreAChordByPitch() {
        NoteMatrix matrix = NoteMatrix.of(
                Score.of(
                        MILLISECONDS,
                        List.of(
                                new Note(0, 70, 1, 96, 50),
                                new Note(0, 50, 2, 99, 50),
                                new Note(0, 60, 3, 104, 50),
                                new Note(0, 40, 4, 105, 50),
                                new Note(0, 60, 5, 101, 50))),
                100);
        assertThat(matrix.rows()).containsExactly(10, 50, 2, 5, 0, 60, 5, 5, 0, 60, 3, 5, 0, 70, 1, 5, 1, 40, 4, 5);
    }

    @Test
    void aNoteShorterThanATickLastsOne() {
        NoteMatrix matrix = NoteMatrix.of(Score.of(MILLISECONDS, List.of(new Note(0, 60, 64, 101, 2))), 100);
        assertThat(matrix.rows()).containsExactly(10, 60, 64, 1);
    }

    @Test
    void rowsAreKeptInTheOrderGiven() {
        int[] rows = {5, 72, 64, 10, 0, 60, 64, 10, 7, 61, 1, 1};
        NoteMatrix matrix = NoteMatrix.of(1000, rows);
        rows[0] = 99;
        assertThat(matrix.rows()).containsExactly(5, 72, 64, 10, 0, 60, 64, 10, 7, 61, 1, 1);
        matrix.rows()[0] = 99;
        assertThat(matrix.size()).isEqualTo(3);
        assertThat(matrix.ticksPerSecond()).isEqualTo(1000);
        assertThat(matrix.interval(0)).isEqualTo(5);
        assertThat(matrix.pitch(1)).isEqualTo(60);
        assertThat(matrix.velocity(2)).isEqualTo(1);
        assertThat(matrix.duration(2)).isEqualTo(1);
        assertThat(matrix.onsetTick(2)).isEqualTo(12);
    }

    @Test
    void onsetsBeyond31BitsAreSums() {
        NoteMatrix matrix = NoteMatrix.of(1000, new int[] {Integer.MAX_VALUE, 60, 1, 1, Integer.MAX_VALUE, 60, 1, 1});
        assertThat(matrix.onsetTick(1)).isEqualTo(2L * Integer.MAX_VALUE);
        NoteMatrix fine = NoteMatrix.of(1_000_000, matrix.rows());
        assertThat(NoteMatrix.of(fine.toScore(TempoMap.constant(5000, 5000), 0), 1_000_000))
                .isEqualTo(fine);
    }

    @Test
    void anIntervalBeyond31BitsIsRefused() {
        Score score = Score.of(MILLISECONDS, List.of(new Note(0, 60, 64, 3_000_000, 10)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteMatrix.of(score, 1_000_000))
                .withMessage("interval (3000000000 ticks) must fit into 31 bits");
    }

    @Test
    void aScoreOfTheMatrixNamesItsInstrument() {
        Score score =
                NoteMatrix.of(1000, new int[] {5, 72, 64, 10, 0, 60, 65, 20}).toScore(MILLISECONDS, 24);
        assertThat(score.notes()).containsExactly(new Note(0, 60, 65, 5, 20), new Note(0, 72, 64, 5, 10));
        assertThat(score.programChanges()).containsExactly(new ProgramChange(0, 0, 24));
        assertThat(score.tempoMap()).isEqualTo(MILLISECONDS);
    }

    @Test
    void aMatrixSurvivesItsMidiFile() throws MidiFormatException {
        NoteMatrix matrix = NoteMatrix.of(1000, new int[] {3, 60, 64, 100, 0, 72, 1, 7, 5000, 60, 127, 1, 1, 61, 5, 9});
        byte[] file = MidiFiles.write(matrix.toScore(MILLISECONDS, 0));
        Score score = MidiFiles.read(file, "matrix", new MidiReadOptions(true, MidiLimits.PROMPT));
        assertThat(NoteMatrix.of(score, 1000)).isEqualTo(matrix);
    }

    @Test
    void aContinuationCountsFromTheLastOnset() {
        NoteMatrix both = NoteMatrix.of(1000, new int[] {100, 60, 64, 500})
                .concat(NoteMatrix.of(1000, new int[] {50, 62, 64, 10, 5, 63, 64, 10}));
        assertThat(both.rows()).containsExactly(100, 60, 64, 500, 50, 62, 64, 10, 5, 63, 64, 10);
        assertThat(both.onsetTick(2)).isEqualTo(155);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.concat(NoteMatrix.of(100, new int[0])))
                .withMessageContaining("ticksPerSecond of the next matrix (100)");
    }

    @Test
    void matricesCompareByContent() {
        NoteMatrix matrix = NoteMatrix.of(1000, new int[] {1, 2, 3, 4});
        assertThat(matrix)
                .isEqualTo(NoteMatrix.of(1000, new int[] {1, 2, 3, 4}))
                .hasSameHashCodeAs(NoteMatrix.of(1000, new int[] {1, 2, 3, 4}))
                .isNotEqualTo(NoteMatrix.of(100, new int[] {1, 2, 3, 4}))
                .isNotEqualTo(NoteMatrix.of(1000, new int[] {1, 2, 3, 5}))
                .hasToString("NoteMatrix[notes=1, ticksPerSecond=1000]");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 60, 64, 1, interval (-1) of row 1",
        "0, 128, 64, 1, pitch (128) of row 1",
        "0, 60, 0, 1, velocity (0) of row 1",
        "0, 60, 64, 0, duration (0) of row 1"
    })
    void aRowOutOfRangeIsRefusedByName(int interval, int pitch, int velocity, int duration, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteMatrix.of(1000, new int[] {0, 60, 64, 1, interval, pitch, velocity, duration}))
                .withMessageStartingWith(problem + " must be in ");
    }

    @Test
    void aBrokenRowOrGridIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteMatrix.of(1000, new int[3]))
                .withMessage("rows.length (3) must be a multiple of 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteMatrix.of(0, new int[0]))
                .withMessage("ticksPerSecond (0) must be in 1..1000000");
    }
}
