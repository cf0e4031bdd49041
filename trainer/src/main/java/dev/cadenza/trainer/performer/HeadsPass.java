package dev.cadenza.trainer.performer;

import static dev.cadenza.trainer.network.Products.multiply;

import dev.cadenza.trainer.network.FastTanh;
import dev.cadenza.trainer.network.NativeFloats;
import dev.cadenza.trainer.network.StepRows;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The performer's heads over all rows of a batch at once: few large products, and one loop over rows on each way. Single
 * precision; one thread. Rows n = step x rows + row. Keeps native memory for as many rows as it has met, freed with the
 * object.
 */
final class HeadsPass {
    private static final int UNITS = PerformerHeads.UNITS;
    private static final int WIDE = PerformerHeads.HEADS * UNITS;
    private static final int LOGITS = PerformerColumns.LOGITS;
    private static final int LABELS = PerformerColumns.LABELS;
    private static final int PITCH = 1;
    private static final int VELOCITY = 2;
    private static final int DURATION = 3;
    private static final String[] BIASES = {"ci", "cp", "cv", "cd"};

    /** Embeddings that are added to a head's units: key, head, the attribute that chooses the row. */
    private record Embedding(String key, int head, int attribute) {}

    private static final Embedding[] EMBEDDINGS = {
        new Embedding("Ip", PITCH, 0),
        new Embedding("Iv", VELOCITY, 0),
        new Embedding("Pv", VELOCITY, PITCH),
        new Embedding("Id", DURATION, 0),
        new Embedding("Pd", DURATION, PITCH),
        new Embedding("Vd", DURATION, VELOCITY),
    };

    /** A parameter that columns of the labels meet, and the column of what they are added to. */
    private record Seen(String key, int column, int to) {}

    private static final int COPY_LOGITS = PerformerColumns.FIRST_LOGIT[DURATION] + PerformerColumns.DURATIONS;

    private static final Seen[] UNITS_SEE = {
        new Seen("Ri", PerformerColumns.ENDS_BEFORE, 0),
        new Seen("Kp", PerformerColumns.KEYS_AHEAD, PITCH * UNITS),
        new Seen("Rd", PerformerColumns.ENDS_AHEAD, DURATION * UNITS),
        new Seen("Fd", PerformerColumns.COPY_FEATURES, DURATION * UNITS),
        new Seen("Mi", PerformerColumns.RECALL_INTERVAL, 0),
        new Seen("Mp", PerformerColumns.RECALL_KEYS, PITCH * UNITS),
        new Seen("Mv", PerformerColumns.RECALL_VELOCITY, VELOCITY * UNITS),
        new Seen("Md", PerformerColumns.RECALL_DURATION, DURATION * UNITS),
    };

    private static final Seen[] LOGITS_SEE = {
        new Seen("Di", PerformerColumns.ENDS_BEFORE, 0),
        new Seen("Dp", PerformerColumns.KEYS_AHEAD, PerformerColumns.FIRST_LOGIT[PITCH]),
        new Seen("Dd", PerformerColumns.ENDS_AHEAD, PerformerColumns.FIRST_LOGIT[DURATION]),
        new Seen("Gd", PerformerColumns.COPY_FEATURES, COPY_LOGITS),
        new Seen("Ni", PerformerColumns.RECALL_INTERVAL, 0),
        new Seen("Np", PerformerColumns.RECALL_KEYS, PerformerColumns.FIRST_LOGIT[PITCH]),
        new Seen("Nv", PerformerColumns.RECALL_VELOCITY, PerformerColumns.FIRST_LOGIT[VELOCITY]),
        new Seen("Nd", PerformerColumns.RECALL_DURATION, PerformerColumns.FIRST_LOGIT[DURATION]),
    };

    private final int hidden;
    private final NoteLoss loss = new NoteLoss();
    private final float[] unitRow = new float[WIDE];
    private final float[] gradientRow = new float[WIDE];
    private final float[] logitRow = new float[LOGITS];

    private int rows;
    private long room;
    private FloatPointer units = new FloatPointer();
    private FloatPointer unitGradients = new FloatPointer();
    private FloatPointer logits = new FloatPointer();
    private FloatPointer labels = new FloatPointer();
    private FloatPointer output = new FloatPointer();

    /** What the two pointers above point into: ND4J frees what nothing refers to. */
    private @Nullable INDArray heldLabels;

    private @Nullable INDArray heldOutput;

    /** The labels on the heap [rows, LABELS]. */
    private float[] labelRows = {};

    HeadsPass(int hidden) {
        this.hidden = hidden;
    }

    /**
     * Computes the logits of all rows, masked.
     *
     * @param outputs the LSTM's [rows, H, steps]
     * @param truth labels [rows, {@link PerformerColumns#LABELS}, steps]
     */
    void forward(INDArray outputs, INDArray truth, Map<String, INDArray> parameters) {
        rows = Math.toIntExact(outputs.size(0) * outputs.size(2));
        grow();
        heldLabels = StepRows.laid(truth);
        labels = NativeFloats.pointer(heldLabels);
        labelRows = NativeFloats.of(heldLabels);
        heldOutput = unitMajor(outputs);
        output = NativeFloats.pointer(heldOutput);
        multiply(true, false, rows, WIDE, hidden, output, rows, at(parameters, "Wh"), WIDE, 0, units, WIDE);
        for (Seen seen : UNITS_SEE) {
            addLabelProduct(parameters, seen, units, WIDE);
        }
        activate(parameters);
        outputProduct(parameters, "Oi", 0);
        outputProduct(parameters, "Op", PITCH);
        outputProduct(parameters, "Ov", VELOCITY);
        outputProduct(parameters, "Od", DURATION);
        for (Seen seen : LOGITS_SEE) {
            addLabelProduct(parameters, seen, logits, LOGITS);
        }
        finishLogits(parameters);
    }

    /** Embeddings, bias and tanh over the units of all heads. */
    private void activate(Map<String, INDArray> parameters) {
        float[] bias = NativeFloats.of(parameter(parameters, "bh"));
        float[][] tables = new float[EMBEDDINGS.length][];
        for (int table = 0; table < tables.length; table++) {
            tables[table] = NativeFloats.of(parameter(parameters, EMBEDDINGS[table].key));
        }
        FloatBuffer buffer = buffer(units, rows * WIDE);
        for (int row = 0; row < rows; row++) {
            buffer.get(row * WIDE, unitRow);
            for (int k = 0; k < WIDE; k++) {
                unitRow[k] += bias[k];
            }
            for (int table = 0; table < tables.length; table++) {
                int from = id(row, EMBEDDINGS[table].attribute) * UNITS;
                int to = EMBEDDINGS[table].head * UNITS;
                float[] values = tables[table];
                for (int k = 0; k < UNITS; k++) {
                    unitRow[to + k] += values[from + k];
                }
            }
            FastTanh.tanh(unitRow, unitRow, WIDE);
            buffer.put(row * WIDE, unitRow);
        }
    }

    private void finishLogits(Map<String, INDArray> parameters) {
        float[] bias = new float[LOGITS];
        for (int head = 0; head < BIASES.length; head++) {
            float[] values = NativeFloats.of(parameter(parameters, BIASES[head]));
            System.arraycopy(values, 0, bias, PerformerColumns.FIRST_LOGIT[head], values.length);
        }
        FloatBuffer buffer = buffer(logits, rows * LOGITS);
        for (int row = 0; row < rows; row++) {
            buffer.get(row * LOGITS, logitRow);
            for (int k = 0; k < LOGITS; k++) {
                logitRow[k] += bias[k];
            }
            NoteLoss.mask(logitRow, 0, labelRows, row * LABELS);
            buffer.put(row * LOGITS, logitRow);
        }
    }

    /** The masked logits [rows, {@link PerformerColumns#LOGITS}] of the last pass forward. */
    float[] logits() {
        float[] values = new float[rows * LOGITS];
        buffer(logits, values.length).get(0, values);
        return values;
    }

    /**
     * Measures the notes of the last pass forward.
     *
     * @param mask by row n 0 or 1; null when all count
     * @param gradient true turns the logits into their gradient, for {@link #backward}
     * @param nats -ln p [rows, 4]: overwritten; 0 where masked; null when not needed
     * @return nats in all
     */
    double measure(float @Nullable [] mask, boolean gradient, float @Nullable [] nats) {
        FloatBuffer buffer = buffer(logits, rows * LOGITS);
        double total = 0;
        for (int row = 0; row < rows; row++) {
            boolean counts = mask == null || mask[row] != 0;
            if (counts) {
                buffer.get(row * LOGITS, logitRow);
                loss.measure(logitRow, 0, labelRows, row * LABELS, gradient);
            } else {
                java.util.Arrays.fill(logitRow, 0f);
            }
            for (int attribute = 0; attribute < PerformerColumns.ATTRIBUTES; attribute++) {
                double value = counts ? loss.nats[attribute] : 0;
                total += value;
                if (nats != null) {
                    nats[row * PerformerColumns.ATTRIBUTES + attribute] = (float) value;
                }
            }
            if (gradient) {
                buffer.put(row * LOGITS, logitRow);
            }
        }
        return total;
    }

    /**
     * Goes back from the logits' gradients.
     *
     * @param gradients by the parameters' names: overwritten
     * @param outputError dL/dh [rows, H, steps] in the memory order [H][steps][rows]: overwritten
     */
    void backward(Map<String, INDArray> parameters, Map<String, INDArray> gradients, INDArray outputError) {
        backThroughOutput(parameters, gradients, "Oi", 0);
        backThroughOutput(parameters, gradients, "Op", PITCH);
        backThroughOutput(parameters, gradients, "Ov", VELOCITY);
        backThroughOutput(parameters, gradients, "Od", DURATION);
        for (Seen seen : LOGITS_SEE) {
            labelGradient(gradients, seen, logits, LOGITS);
        }
        backThroughUnits(gradients);
        for (Seen seen : UNITS_SEE) {
            labelGradient(gradients, seen, unitGradients, WIDE);
        }
        multiply(false, false, hidden, WIDE, rows, output, rows, unitGradients, WIDE, 0, at(gradients, "Wh"), WIDE);
        FloatPointer error = NativeFloats.pointer(outputError);
        multiply(false, true, hidden, rows, WIDE, at(parameters, "Wh"), WIDE, unitGradients, WIDE, 0, error, rows);
    }

    /** Gradients before tanh, of the biases and of the embeddings. */
    private void backThroughUnits(Map<String, INDArray> gradients) {
        float[] bias = new float[WIDE];
        float[][] tables = new float[EMBEDDINGS.length][];
        for (int table = 0; table < tables.length; table++) {
            tables[table] = new float
                    [Math.toIntExact(parameter(gradients, EMBEDDINGS[table].key).length())];
        }
        FloatBuffer activated = buffer(units, rows * WIDE);
        FloatBuffer buffer = buffer(unitGradients, rows * WIDE);
        for (int row = 0; row < rows; row++) {
            activated.get(row * WIDE, unitRow);
            buffer.get(row * WIDE, gradientRow);
            for (int k = 0; k < WIDE; k++) {
                gradientRow[k] *= 1f - unitRow[k] * unitRow[k];
            }
            for (int k = 0; k < WIDE; k++) {
                bias[k] += gradientRow[k];
            }
            for (int table = 0; table < tables.length; table++) {
                int to = id(row, EMBEDDINGS[table].attribute) * UNITS;
                int from = EMBEDDINGS[table].head * UNITS;
                float[] sums = tables[table];
                for (int k = 0; k < UNITS; k++) {
                    sums[to + k] += gradientRow[from + k];
                }
            }
            buffer.put(row * WIDE, gradientRow);
        }
        NativeFloats.put(bias, parameter(gradients, "bh"));
        for (int table = 0; table < tables.length; table++) {
            NativeFloats.put(tables[table], parameter(gradients, EMBEDDINGS[table].key));
        }
        biasGradients(gradients);
    }

    private void biasGradients(Map<String, INDArray> gradients) {
        float[] sums = new float[LOGITS];
        FloatBuffer buffer = buffer(logits, rows * LOGITS);
        for (int row = 0; row < rows; row++) {
            buffer.get(row * LOGITS, logitRow);
            for (int k = 0; k < LOGITS; k++) {
                sums[k] += logitRow[k];
            }
        }
        for (int head = 0; head < BIASES.length; head++) {
            INDArray to = parameter(gradients, BIASES[head]);
            int from = PerformerColumns.FIRST_LOGIT[head];
            NativeFloats.put(java.util.Arrays.copyOfRange(sums, from, from + (int) to.length()), to);
        }
    }

    private int id(int row, int attribute) {
        return (int) labelRows[row * LABELS + attribute];
    }

    private void outputProduct(Map<String, INDArray> parameters, String key, int head) {
        int columns = columns(parameters, key);
        FloatPointer from = units.getPointer((long) head * UNITS);
        FloatPointer to = logits.getPointer(PerformerColumns.FIRST_LOGIT[head]);
        multiply(false, false, rows, columns, UNITS, from, WIDE, at(parameters, key), columns, 0, to, LOGITS);
    }

    private void backThroughOutput(
            Map<String, INDArray> parameters, Map<String, INDArray> gradients, String key, int head) {
        int columns = columns(parameters, key);
        FloatPointer from = units.getPointer((long) head * UNITS);
        FloatPointer error = logits.getPointer(PerformerColumns.FIRST_LOGIT[head]);
        FloatPointer to = unitGradients.getPointer((long) head * UNITS);
        multiply(true, false, UNITS, columns, rows, from, WIDE, error, LOGITS, 0, at(gradients, key), columns);
        multiply(false, true, rows, UNITS, columns, error, LOGITS, at(parameters, key), columns, 0, to, WIDE);
    }

    /** Adds labels [rows, k] from a column on, times a parameter [k, n], to columns of a wide matrix. */
    private void addLabelProduct(Map<String, INDArray> parameters, Seen seen, FloatPointer to, int stride) {
        if (!parameters.containsKey(seen.key)) {
            return;
        }
        int inner = Math.toIntExact(parameter(parameters, seen.key).size(0));
        int columns = columns(parameters, seen.key);
        FloatPointer from = labels.getPointer(seen.column);
        FloatPointer target = to.getPointer(seen.to);
        multiply(
                false, false, rows, columns, inner, from, LABELS, at(parameters, seen.key), columns, 1, target, stride);
    }

    private void labelGradient(Map<String, INDArray> gradients, Seen seen, FloatPointer error, int stride) {
        if (!gradients.containsKey(seen.key)) {
            return;
        }
        int inner = Math.toIntExact(parameter(gradients, seen.key).size(0));
        int columns = columns(gradients, seen.key);
        FloatPointer from = labels.getPointer(seen.column);
        FloatPointer errors = error.getPointer(seen.to);
        multiply(true, false, inner, columns, rows, from, LABELS, errors, stride, 0, at(gradients, seen.key), columns);
    }

    private static int columns(Map<String, INDArray> parameters, String key) {
        return Math.toIntExact(parameter(parameters, key).size(1));
    }

    private static FloatPointer at(Map<String, INDArray> parameters, String key) {
        return NativeFloats.pointer(parameter(parameters, key));
    }

    private static INDArray parameter(Map<String, INDArray> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), key);
    }

    /** The array itself when its memory order is [H][steps][rows], else a copy that has it. */
    private INDArray unitMajor(INDArray outputs) {
        long batch = outputs.size(0);
        boolean lies = (batch == 1 || outputs.stride(0) == 1)
                && outputs.stride(1) == rows
                && (outputs.size(2) == 1 || outputs.stride(2) == batch);
        return lies ? outputs : outputs.permute(1, 2, 0).dup('c').permute(2, 0, 1);
    }

    private void grow() {
        if (rows > room) {
            for (FloatPointer old : new FloatPointer[] {units, unitGradients, logits}) {
                old.close();
            }
            room = rows;
            units = new FloatPointer((long) rows * WIDE);
            unitGradients = new FloatPointer((long) rows * WIDE);
            logits = new FloatPointer((long) rows * LOGITS);
        }
    }

    private static FloatBuffer buffer(FloatPointer pointer, int count) {
        return pointer.getPointer(0).capacity(count).asBuffer();
    }
}
