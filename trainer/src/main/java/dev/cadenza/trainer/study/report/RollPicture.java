package dev.cadenza.trainer.study.report;

import dev.cadenza.pianoroll.PianoRoll;

/** A piano roll as a picture: time to the right, pitch up, the Cs marked. */
public final class RollPicture {
    private static final int STEP = 4;
    private static final int KEY = 3;
    private static final int LEFT = 34;
    private static final int TOP = 26;
    private static final int OCTAVE = 12;
    /** Key of the lowest C. */
    private static final int FIRST_C = 3;

    private RollPicture() {}

    /** The roll as a document. */
    public static String svg(String title, PianoRoll roll) {
        int width = LEFT + STEP * roll.steps() + 10;
        int height = TOP + KEY * PianoRoll.KEYS + 10;
        Svg svg = new Svg(width, height);
        svg.text(LEFT, 16, "start", title);
        for (int key = FIRST_C; key < PianoRoll.KEYS; key += OCTAVE) {
            double y = TOP + KEY * (PianoRoll.KEYS - key);
            svg.line(LEFT, y, width - 10, y, "#dddddd");
            svg.text(LEFT - 6, y + 3, "end", "C" + (key / OCTAVE + 1));
        }
        for (int key = 0; key < PianoRoll.KEYS; key++) {
            int begun = -1;
            for (int step = 0; step <= roll.steps(); step++) {
                boolean on = step < roll.steps() && roll.on(step, key);
                if (on && begun < 0) {
                    begun = step;
                } else if (!on && begun >= 0) {
                    svg.rectangle(
                            LEFT + STEP * begun,
                            TOP + KEY * (PianoRoll.KEYS - 1 - key),
                            STEP * (step - begun) - 0.5,
                            KEY - 0.5,
                            "#0072b2");
                    begun = -1;
                }
            }
        }
        return svg.finished();
    }
}
