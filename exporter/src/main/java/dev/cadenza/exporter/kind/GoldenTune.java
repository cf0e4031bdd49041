package dev.cadenza.exporter.kind;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A tune of four bars for two hands, composed for this project: what every published version must answer to as it did
 * when it was exported. No corpus is quoted in it. It has chords, repeated keys, both ends of the velocities and a rest
 * longer than a second.
 */
public final class GoldenTune {
    private static final int TICKS_PER_QUARTER = 480;
    private static final int EIGHTH = TICKS_PER_QUARTER / 2;
    private static final int MICROS_PER_QUARTER = 600_000;

    /** Start and length in eighths, pitch, velocity. */
    private static final int[][] RIGHT_HAND = {
        {0, 1, 67, 72}, {1, 1, 71, 64}, {2, 1, 74, 70}, {3, 1, 71, 58}, {4, 1, 72, 75}, {5, 1, 69, 60},
        {6, 2, 66, 66}, {8, 1, 67, 78}, {9, 1, 74, 69}, {10, 2, 79, 92}, {12, 1, 78, 84}, {13, 1, 76, 80},
        {14, 2, 74, 77}, {16, 1, 72, 62}, {17, 1, 72, 50}, {18, 1, 71, 47}, {19, 1, 69, 41}, {20, 2, 67, 36},
        {22, 1, 66, 30}, {23, 1, 69, 28}, {28, 4, 67, 24}, {28, 4, 71, 22}, {28, 4, 79, 110},
    };

    private static final int[][] LEFT_HAND = {
        {0, 4, 43, 55},
        {4, 4, 50, 52},
        {8, 2, 47, 58},
        {10, 2, 52, 60},
        {12, 4, 48, 61},
        {16, 4, 50, 48},
        {20, 3, 38, 40},
        {28, 4, 43, 20},
        {28, 4, 31, 1},
    };

    private GoldenTune() {}

    public static NoteMatrix notes(int ticksPerSecond) {
        List<Note> notes = new ArrayList<>();
        for (int[][] hand : List.of(RIGHT_HAND, LEFT_HAND)) {
            for (int[] note : hand) {
                notes.add(new Note(0, note[2], note[3], (long) note[0] * EIGHTH, (long) note[1] * EIGHTH));
            }
        }
        return NoteMatrix.of(Score.of(TempoMap.constant(TICKS_PER_QUARTER, MICROS_PER_QUARTER), notes), ticksPerSecond);
    }
}
