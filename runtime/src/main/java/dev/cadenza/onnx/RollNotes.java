package dev.cadenza.onnx;

import dev.cadenza.generation.step.StepModel;
import dev.cadenza.pianoroll.PianoRoll;

/** Notes as a piano roll. */
final class RollNotes {
    private static final int MOST_STEPS = 4096;

    private RollNotes() {}

    /**
     * The roll of notes whose ticks are steps; keys that no piano has are left out.
     *
     * @param rows [notes, 4] row-major: interval, MIDI pitch, velocity, duration
     * @throws IllegalArgumentException when they take more than 4,096 steps
     */
    static PianoRoll roll(int[] rows) {
        int steps = 0;
        int onset = 0;
        for (int at = 0; at < rows.length; at += StepModel.ATTRIBUTES) {
            onset = (int) Math.min(Integer.MAX_VALUE / 2, (long) onset + Math.max(0, rows[at]));
            steps = (int) Math.min(Integer.MAX_VALUE, Math.max(steps, onset + Math.max(1L, rows[at + 3])));
        }
        if (steps > MOST_STEPS) {
            throw new IllegalArgumentException("steps (" + steps + ") of a piece must be at most " + MOST_STEPS);
        }
        PianoRoll.Builder roll = new PianoRoll.Builder(steps);
        onset = 0;
        for (int at = 0; at < rows.length; at += StepModel.ATTRIBUTES) {
            onset += rows[at];
            int key = rows[at + 1] - PianoRoll.LOWEST_PITCH;
            for (int step = onset;
                    key >= 0 && key < PianoRoll.KEYS && step < onset + Math.max(1, rows[at + 3]);
                    step++) {
                roll.on(step, key);
            }
        }
        return roll.build();
    }
}
