package dev.cadenza.trainer.roll.head;

import static dev.cadenza.trainer.network.Products.multiply;
import static dev.cadenza.trainer.roll.head.HeadArrays.at;
import static dev.cadenza.trainer.roll.head.HeadArrays.parameter;

import dev.cadenza.trainer.network.FastTanh;
import dev.cadenza.trainer.network.NativeFloats;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link NadeHead}'s equations over all rows at once: the truth below each key is known in training. */
final class NadePass implements HeadPass {
    private static final int REACH = NadeHead.REACH;

    private final int hidden;
    private final int units;
    private final float[] unitRow;

    private int rows;
    private int room;
    /** Hidden units [rows, U], and their gradients. */
    private FloatPointer activations = new FloatPointer();

    private FloatPointer activationGradients = new FloatPointer();
    private FloatPointer logitPointer = new FloatPointer();
    private float[] logits = {};

    /** Arrays in use by their address: ND4J frees what nothing refers to. */
    private @Nullable INDArray heldOutputs;

    private @Nullable INDArray heldLabels;

    NadePass(int hidden, int units) {
        this.hidden = hidden;
        this.units = units;
        unitRow = new float[units];
    }

    @Override
    public float[] forward(INDArray outputs, INDArray labels, Map<String, INDArray> parameters, boolean trace) {
        rows = Math.toIntExact(outputs.size(0) * outputs.size(2));
        grow();
        heldOutputs = HeadArrays.columnsApart(outputs);
        heldLabels = HeadArrays.columnsApart(labels);
        FloatPointer h = NativeFloats.pointer(heldOutputs);
        FloatPointer below = below();
        multiply(true, false, rows, units, hidden, h, at(parameters, "W"), 0, activations);
        multiply(true, false, rows, units, REACH, below, at(parameters, "V"), 1, activations);
        float[] bias = NativeFloats.of(parameter(parameters, "b"));
        FloatBuffer buffer = buffer(activations, rows * units);
        for (int row = 0; row < rows; row++) {
            buffer.get(row * units, unitRow);
            for (int unit = 0; unit < units; unit++) {
                unitRow[unit] += bias[unit];
            }
            FastTanh.sigmoid(unitRow, units);
            buffer.put(row * units, unitRow);
        }
        multiply(false, rows, units, activations, at(parameters, "u"), 0, logitPointer);
        multiply(true, hidden, rows, h, at(parameters, "uh"), 1, logitPointer);
        multiply(true, REACH, rows, below, at(parameters, "ux"), 1, logitPointer);
        float c = parameter(parameters, "c").getFloat(0);
        buffer(logitPointer, rows).get(0, logits, 0, rows);
        for (int row = 0; row < rows; row++) {
            logits[row] += c;
        }
        return logits;
    }

    @Override
    public void backward(
            float[] error, Map<String, INDArray> parameters, Map<String, INDArray> gradients, INDArray below) {
        FloatPointer h = NativeFloats.pointer(Objects.requireNonNull(heldOutputs));
        FloatPointer lower = below();
        buffer(logitPointer, rows).put(0, error, 0, rows);
        multiply(true, rows, units, activations, logitPointer, 0, at(gradients, "u"));
        multiply(false, hidden, rows, h, logitPointer, 0, at(gradients, "uh"));
        multiply(false, REACH, rows, lower, logitPointer, 0, at(gradients, "ux"));
        float[] u = NativeFloats.of(parameter(parameters, "u"));
        float[] biasGradient = new float[units];
        float sum = 0;
        FloatBuffer from = buffer(activations, rows * units);
        FloatBuffer to = buffer(activationGradients, rows * units);
        for (int row = 0; row < rows; row++) {
            from.get(row * units, unitRow);
            float dz = error[row];
            for (int unit = 0; unit < units; unit++) {
                unitRow[unit] = dz * u[unit] * unitRow[unit] * (1 - unitRow[unit]);
            }
            for (int unit = 0; unit < units; unit++) {
                biasGradient[unit] += unitRow[unit];
            }
            to.put(row * units, unitRow);
            sum += dz;
        }
        NativeFloats.put(biasGradient, parameter(gradients, "b"));
        NativeFloats.put(new float[] {sum}, parameter(gradients, "c"));
        multiply(false, false, hidden, units, rows, h, activationGradients, 0, at(gradients, "W"));
        multiply(false, false, REACH, units, rows, lower, activationGradients, 0, at(gradients, "V"));
        FloatPointer result = NativeFloats.pointer(below);
        multiply(false, true, hidden, rows, units, at(parameters, "W"), activationGradients, 0, result);
        // The outer product of uh and the error.
        multiply(false, false, hidden, rows, 1, at(parameters, "uh"), logitPointer, 1, result);
    }

    /** The labels' columns after the first: [REACH, rows], row-major. */
    private FloatPointer below() {
        return NativeFloats.pointer(Objects.requireNonNull(heldLabels)).getPointer(rows);
    }

    private static FloatBuffer buffer(FloatPointer pointer, int count) {
        return pointer.getPointer(0).capacity(count).asBuffer();
    }

    private void grow() {
        if (rows > room) {
            for (FloatPointer old : new FloatPointer[] {activations, activationGradients, logitPointer}) {
                old.close();
            }
            room = rows;
            activations = new FloatPointer((long) rows * units);
            activationGradients = new FloatPointer((long) rows * units);
            logitPointer = new FloatPointer(rows);
            logits = new float[rows];
        }
    }
}
