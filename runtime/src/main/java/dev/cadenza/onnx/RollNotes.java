package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.pianoroll.PianoRoll;

/** Notes as a piano roll. */
final class RollNotes {
    private RollNotes() {}

    /**
     * The roll of notes whose ticks are steps; keys that no piano has are left out.
     *
     * @param rows [notes, 4] row-major: interval, MIDI pitch, velocity, duration
     */
    static PianoRoll roll(int[] rows) {
        int steps = 0;
        int onset = 0;
        for (int at = 0; at < rows.length; at += StepModel.ATTRIBUTES) {
            onset = Math.addExact(onset, rows[at]);
            steps = Math.max(steps, Math.addExact(onset, Math.max(1, rows[at + 3])));
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
