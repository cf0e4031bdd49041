package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.music.Note;
import dev.cadenza.music.RandomScores;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rounding that the package's description promises, on random scores. */
class NoteMatrixRoundingTest {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 1000", "3, 100", "4, 100", "5, 7", "6, 44100", "7, 1", "8, 1000000"})
    void onsetsAreNeverWrongByMoreThanHalfATick(long seed, int ticksPerSecond) {
        RandomGenerator random = new SplittableRandom(seed);
        Score score = rubato(random, 2000);
        NoteMatrix matrix = NoteMatrix.of(score, ticksPerSecond);
        assertThat(matrix.size()).isEqualTo(score.notes().size());
        // No two notes share pitch and velocity, so that the note of a row can be found.
        List<Note> byOnset = score.notes();
        long sum = 0;
        for (int row = 0; row < matrix.size(); row++) {
            sum += matrix.interval(row);
            assertThat(matrix.onsetTick(row)).as("onset of row %d", row).isEqualTo(sum);
            Note note = noteOfRow(byOnset, matrix, row);
            BigDecimal onset = exactGridPlace(score.tempoMap(), note.startTick(), ticksPerSecond);
            BigDecimal end = exactGridPlace(score.tempoMap(), note.endTick(), ticksPerSecond);
            assertThat(onset.subtract(BigDecimal.valueOf(sum)).abs())
                    .as("error of the onset of row %d in ticks", row)
                    .isLessThanOrEqualTo(HALF);
            BigDecimal endError =
                    end.subtract(BigDecimal.valueOf(sum + matrix.duration(row))).abs();
            if (matrix.duration(row) > 1) {
                assertThat(endError)
                        .as("error of the end of row %d in ticks", row)
                        .isLessThanOrEqualTo(HALF);
            }
        }
    }

    @Test
    void aMillionIntervalsOfAThirdOfATickDoNotDrift() {
        // At 3 ticks per quarter and one quarter a second, a tick is 333.3 ms: rounded on its own it would lose 0.1 %.
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            notes.add(new Note(0, 60, 64, i, 1));
        }
        NoteMatrix matrix = NoteMatrix.of(Score.of(TempoMap.constant(3, 1_000_000), notes), 1000);
        assertThat(matrix.onsetTick(999_999)).isEqualTo(333_333_000);
        assertThat(matrix.onsetTick(999_998)).isEqualTo(333_332_667);
    }

    @ParameterizedTest
    @EnumSource(names = {"PIANO", "CHORDS", "RUBATO", "NOTATION"})
    void aMatrixSurvivesItsScoreExactly(RandomScores.Kind kind) {
        RandomScores scores = new RandomScores(new SplittableRandom(kind.name().hashCode()));
        for (int i = 0; i < 20; i++) {
            NoteMatrix matrix = NoteMatrix.of(scores.next(kind), 1000);
            Score score = matrix.toScore(TempoMap.constant(500, 500_000), 0);
            assertThat(NoteMatrix.of(score, 1000)).isEqualTo(matrix);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 480, 500000", "2, 96, 350000", "3, 32767, 1000000", "4, 24, 2000000"})
    void aScoreOnAnotherClockKeepsEachTimeToHalfATick(long seed, int ticksPerQuarter, int microsPerQuarter) {
        NoteMatrix matrix = NoteMatrix.of(rubato(new SplittableRandom(seed), 300), 1000);
        TempoMap clock = TempoMap.constant(ticksPerQuarter, microsPerQuarter);
        Score score = matrix.toScore(clock, 0);
        BigDecimal microsPerTick =
                BigDecimal.valueOf(microsPerQuarter).divide(BigDecimal.valueOf(ticksPerQuarter), MathContext.DECIMAL64);
        BigDecimal tolerance = microsPerTick.multiply(HALF).add(BigDecimal.ONE.movePointLeft(3));
        long[] onsets = new long[matrix.size()];
        for (int row = 0; row < onsets.length; row++) {
            onsets[row] = matrix.onsetTick(row);
        }
        for (int i = 0; i < onsets.length; i++) {
            BigDecimal time =
                    BigDecimal.valueOf(score.notes().get(i).startTick()).multiply(microsPerTick);
            assertThat(time.subtract(BigDecimal.valueOf(onsets[i] * 1000)).abs())
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    /** Random notes, each of a pitch and velocity that its neighbours do not have, over random tempos. */
    private static Score rubato(RandomGenerator random, int count) {
        List<Note> notes = new ArrayList<>();
        List<TempoChange> tempos = new ArrayList<>();
        long tick = 0;
        for (int i = 0; i < count; i++) {
            tick += random.nextInt(400);
            notes.add(new Note(0, i % 128, 1 + i / 128 % 127, tick, 1 + random.nextInt(2000)));
            if (random.nextInt(10) == 0) {
                tempos.add(new TempoChange(tick, 200_000 + random.nextInt(1_000_000)));
            }
        }
        return Score.of(TempoMap.of(1 + random.nextInt(960), tempos), notes);
    }

    private static Note noteOfRow(List<Note> notes, NoteMatrix matrix, int row) {
        return notes.stream()
                .filter(note -> note.pitch() == matrix.pitch(row) && note.velocity() == matrix.velocity(row))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal exactGridPlace(TempoMap map, long tick, int ticksPerSecond) {
        BigDecimal time = BigDecimal.ZERO;
        List<TempoChange> changes = map.changes();
        for (int i = 0; i < changes.size() && changes.get(i).tick() < tick; i++) {
            long end =
                    i + 1 < changes.size() ? Math.min(tick, changes.get(i + 1).tick()) : tick;
            time = time.add(BigDecimal.valueOf(end - changes.get(i).tick())
                    .multiply(BigDecimal.valueOf(changes.get(i).microsPerQuarter())));
        }
        return time.multiply(BigDecimal.valueOf(ticksPerSecond))
                .divide(BigDecimal.valueOf(1_000_000L * map.ticksPerQuarter()), MathContext.DECIMAL128);
    }
}
