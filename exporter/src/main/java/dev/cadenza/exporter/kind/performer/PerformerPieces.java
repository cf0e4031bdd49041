package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.HeardNotes;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.onnx.PerformerKind;
import dev.cadenza.onnx.TensorValues;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.util.Arrays;

/** Given pieces, side by side from their first notes on, as a graph of kind {@code performer} gets them. */
final class PerformerPieces {
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;
    private static final int KEYS = PerformerEncoding.KEYS * KeyState.PER_KEY;

    private final int rows;
    private final int steps;
    /** {@code [rows, steps, 4]}. */
    private final int[] notes;

    // Of every cell, step * rows + row.
    private final int[] note;
    private final int[] forced;
    private final int[] keys;
    private final int[] ends;
    private final int[] recall;

    private PerformerPieces(int rows, int steps, int[] notes) {
        this.rows = rows;
        this.steps = steps;
        this.notes = notes;
        note = new int[notes.length];
        forced = new int[notes.length];
        keys = new int[rows * steps * KEYS];
        ends = new int[rows * steps * KeyState.LAST_ENDS];
        recall = new int[rows * steps * Recall.WIDTH];
        for (int row = 0; row < rows; row++) {
            play(row);
        }
    }

    private void play(int row) {
        HeardNotes heard = new HeardNotes(PerformerEncoding.STANDARD);
        for (int step = 0; step < steps; step++) {
            int cell = step * rows + row;
            int from = (row * steps + step) * ATTRIBUTES;
            if (step == 0) {
                Arrays.fill(note, cell * ATTRIBUTES, (cell + 1) * ATTRIBUTES, StepModel.NONE);
            } else {
                System.arraycopy(notes, from - ATTRIBUTES, note, cell * ATTRIBUTES, ATTRIBUTES);
            }
            System.arraycopy(notes, from, forced, cell * ATTRIBUTES, ATTRIBUTES);
            heard.keys().write(keys, cell * KEYS, ends, cell * KeyState.LAST_ENDS);
            heard.recall().write(recall, cell * Recall.WIDTH);
            heard.hear(notes, from);
        }
    }

    /**
     * The pieces that a checkpoint keeps.
     *
     * @throws ExportRefusedException if there are none, or one has something that is not a note
     */
    static PerformerPieces of(ParityRows kept) throws ExportRefusedException {
        if (kept.values().length == 0 || kept.columns() != ATTRIBUTES) {
            throw new ExportRefusedException("the checkpoint's parity rows [" + kept.batch() + ", " + kept.steps()
                    + ", " + kept.columns() + "] must be notes of " + ATTRIBUTES + " numbers, and some");
        }
        int[] lowest = {0, PerformerEncoding.LOWEST_PITCH, 1, 1};
        int[] highest = {
            Integer.MAX_VALUE, PerformerEncoding.LOWEST_PITCH + PerformerEncoding.KEYS - 1, 127, Integer.MAX_VALUE
        };
        int[] notes = new int[kept.values().length];
        for (int i = 0; i < notes.length; i++) {
            float value = kept.values()[i];
            notes[i] = (int) value;
            int attribute = i % ATTRIBUTES;
            if (notes[i] != value || notes[i] < lowest[attribute] || notes[i] > highest[attribute]) {
                throw new ExportRefusedException("parity row " + i / ATTRIBUTES + ", attribute " + attribute + " ("
                        + value + ") must be a whole number of " + lowest[attribute] + " or more that a note has");
            }
        }
        return new PerformerPieces(kept.batch(), kept.steps(), notes);
    }

    int rows() {
        return rows;
    }

    int steps() {
        return steps;
    }

    /** {@code [rows, steps, 4]}. */
    int[] notes() {
        return notes.clone();
    }

    /**
     * All pieces, all steps, from a zero state.
     *
     * @param controls {@code [steps, rows, 17]}
     */
    TensorValues whole(GraphSignature signature, float[] controls) {
        TensorValues values = settings(signature, steps, rows);
        if (signature.takes(PerformerKind.RECALL)) {
            values.put(PerformerKind.RECALL, recall);
        }
        return values.put("note", note)
                .put("forced", forced)
                .put("keys", keys)
                .put("ends", ends)
                .put("controls", controls)
                .put("h", new float[rows * signature.hidden()])
                .put("c", new float[rows * signature.hidden()]);
    }

    /**
     * One step of some pieces.
     *
     * @param controls {@code [1, count, 17]}
     * @param h {@code [1, count, hidden]}
     */
    TensorValues step(
            GraphSignature signature, int step, int first, int count, float[] controls, float[] h, float[] c) {
        int cell = step * rows + first;
        TensorValues values = settings(signature, 1, count);
        if (signature.takes(PerformerKind.RECALL)) {
            values.put(
                    PerformerKind.RECALL,
                    Arrays.copyOfRange(recall, cell * Recall.WIDTH, (cell + count) * Recall.WIDTH));
        }
        return values.put("note", Arrays.copyOfRange(note, cell * ATTRIBUTES, (cell + count) * ATTRIBUTES))
                .put("forced", Arrays.copyOfRange(forced, cell * ATTRIBUTES, (cell + count) * ATTRIBUTES))
                .put("keys", Arrays.copyOfRange(keys, cell * KEYS, (cell + count) * KEYS))
                .put("ends", Arrays.copyOfRange(ends, cell * KeyState.LAST_ENDS, (cell + count) * KeyState.LAST_ENDS))
                .put("controls", controls)
                .put("h", h)
                .put("c", c);
    }

    /** No controls. */
    static float[] noControls(int cells) {
        return new float[cells * PerformerControls.WIDTH];
    }

    /** Temperature 1, everything kept, no noise. */
    private static TensorValues settings(GraphSignature signature, int steps, int rows) {
        TensorValues values = new TensorValues();
        for (TensorSpec spec : signature.inputs()) {
            if (spec.type().equals(TensorSpec.FLOAT32)) {
                int count = spec.shape().stream()
                        .mapToInt(dim -> switch (dim) {
                            case "seq" -> steps;
                            case "batch" -> rows;
                            default -> Integer.parseInt(dim);
                        })
                        .reduce(1, Math::multiplyExact);
                float[] numbers = new float[count];
                Arrays.fill(
                        numbers,
                        spec.name().equals("temperature") || spec.name().equals("top_p") ? 1 : 0);
                values.put(spec.name(), numbers);
            }
        }
        return values;
    }
}
