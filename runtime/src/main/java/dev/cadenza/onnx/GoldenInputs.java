package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.HeardNotes;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.pianoroll.PianoRoll;
import java.util.Arrays;

/** What a graph gets when every note is given: one row from a zero state, no noise, nothing asked of it. */
public final class GoldenInputs {
    private static final float MIDDLE = 0.5f;

    private GoldenInputs() {}

    /**
     * The inputs of a kind.
     *
     * @param note {@code [steps, 1, 4]}
     * @param forced {@code [steps, 1, 4]}
     */
    public static TensorValues of(ModelKind kind, int steps, int[] note, int[] forced, int hidden) {
        if (kind == ModelKind.ROLL) {
            return rolls(forced, hidden);
        }
        TensorValues values = new TensorValues();
        for (TensorSpec spec : kind.inputs(hidden)) {
            int count = spec.shape().stream()
                    .mapToInt(dim -> switch (dim) {
                        case "seq" -> steps;
                        case "batch" -> 1;
                        default -> Integer.parseInt(dim);
                    })
                    .reduce(1, Math::multiplyExact);
            if (spec.type().equals(TensorSpec.FLOAT32)) {
                values.put(spec.name(), filled(count, neutral(spec.name())));
            }
        }
        values.put("note", note).put("forced", forced);
        if (kind.performs()) {
            putHeard(values, steps, note, kind.recalls());
        }
        return values;
    }

    /** Steps of the graph that a piece of so many notes takes. */
    static int steps(ModelKind kind, int[] forced) {
        return kind == ModelKind.ROLL ? RollNotes.roll(forced).steps() : forced.length / StepModel.ATTRIBUTES;
    }

    /** A piano roll of notes whose ticks are steps. */
    private static TensorValues rolls(int[] forced, int hidden) {
        PianoRoll roll = RollNotes.roll(forced);
        int steps = roll.steps();
        int[] before = new int[steps * PianoRoll.KEYS];
        int[] given = new int[steps * PianoRoll.KEYS];
        int[] position = new int[steps];
        for (int step = 0; step < steps; step++) {
            position[step] = step;
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                before[step * PianoRoll.KEYS + key] = roll.on(step - 1, key) ? 1 : 0;
                given[step * PianoRoll.KEYS + key] = roll.on(step, key) ? 1 : 0;
            }
        }
        return new TensorValues()
                .put("roll", before)
                .put("forced", given)
                .put("position", position)
                .put("h", new float[hidden])
                .put("c", new float[hidden])
                .put("uniform", filled(steps * PianoRoll.KEYS, MIDDLE))
                .put("temperature", filled(1, 1));
    }

    private static float neutral(String name) {
        return switch (name) {
            case "temperature", "top_p" -> 1;
            case "uniform" -> MIDDLE;
            default -> 0;
        };
    }

    private static void putHeard(TensorValues values, int steps, int[] note, boolean recalls) {
        int perStep = PerformerEncoding.KEYS * KeyState.PER_KEY;
        int[] keys = new int[steps * perStep];
        int[] ends = new int[steps * KeyState.LAST_ENDS];
        int[] recall = new int[steps * Recall.WIDTH];
        HeardNotes heard = new HeardNotes(PerformerEncoding.STANDARD);
        for (int step = 0; step < steps; step++) {
            heard.hear(note, step * StepModel.ATTRIBUTES);
            heard.keys().write(keys, step * perStep, ends, step * KeyState.LAST_ENDS);
            heard.recall().write(recall, step * Recall.WIDTH);
        }
        values.put("keys", keys).put("ends", ends);
        if (recalls) {
            values.put(ModelKind.RECALL, recall);
        }
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
