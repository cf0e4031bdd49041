package dev.cadenza.trainer.study.result;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.study.Cell;
import java.util.ArrayList;
import java.util.List;

/**
 * What a piano-roll model plays from silence.
 *
 * @param steps the keys that sound at each, from 0
 */
public record RollSample(List<List<Integer>> steps) {
    public RollSample {
        steps = List.copyOf(steps);
    }

    /** Its place. */
    public static Cell<RollSample> cell(String corpus, RollArchitecture architecture, long seed) {
        return new Cell<>(RollResult.key(corpus, architecture, seed) + "-sample", RollSample.class);
    }

    /** The sample that is a roll. */
    public static RollSample of(PianoRoll roll) {
        List<List<Integer>> steps = new ArrayList<>();
        for (int step = 0; step < roll.steps(); step++) {
            List<Integer> keys = new ArrayList<>();
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                if (roll.on(step, key)) {
                    keys.add(key);
                }
            }
            steps.add(keys);
        }
        return new RollSample(steps);
    }

    /** The roll. */
    public PianoRoll roll() {
        PianoRoll.Builder roll = new PianoRoll.Builder(steps.size());
        for (int step = 0; step < steps.size(); step++) {
            for (int key : steps.get(step)) {
                roll.on(step, key);
            }
        }
        return roll.build();
    }
}
