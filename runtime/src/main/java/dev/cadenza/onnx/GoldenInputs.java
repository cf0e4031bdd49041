package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
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
        if (kind == ModelKind.PERFORMER) {
            putKeys(values, steps, note);
        }
        return values;
    }

    private static float neutral(String name) {
        return switch (name) {
            case "temperature", "top_p" -> 1;
            case "uniform" -> MIDDLE;
            default -> 0;
        };
    }

    private static void putKeys(TensorValues values, int steps, int[] note) {
        int perStep = PerformerEncoding.KEYS * KeyState.PER_KEY;
        int[] keys = new int[steps * perStep];
        int[] ends = new int[steps * KeyState.LAST_ENDS];
        KeyState state = new KeyState(PerformerEncoding.STANDARD);
        for (int step = 0; step < steps; step++) {
            int at = step * StepModel.ATTRIBUTES;
            if (note[at] != StepModel.NONE) {
                state.strike(note[at], note[at + 1] - PerformerEncoding.LOWEST_PITCH, note[at + 2], note[at + 3]);
            }
            state.write(keys, step * perStep, ends, step * KeyState.LAST_ENDS);
        }
        values.put("keys", keys).put("ends", ends);
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
