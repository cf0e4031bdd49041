package dev.cadenza.trainer.roll.head;

import static dev.cadenza.trainer.roll.head.HeadArrays.parameter;

import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.network.FloatLoops;
import dev.cadenza.trainer.network.LstmKernel;
import dev.cadenza.trainer.network.NativeFloats;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link NoteAxisHead}'s equations. Keys become the steps of its LSTMs, and steps and sequences their rows m: row n = 88 m
 * + key of the time axis is step {@code key} of row m.
 */
final class NoteAxisPass implements HeadPass {
    private static final int KEYS = PianoRoll.KEYS;

    private final int hidden;
    private final int units;
    private final LstmKernel first;
    private final LstmKernel second;

    private int sequences;
    private @Nullable Buffers buffers;
    private float[] logits = {};

    /** Arrays in use by their address: ND4J frees what nothing refers to. */
    private @Nullable INDArray heldOutputs;

    private @Nullable INDArray heldLabels;

    /** All [m, columns, 88] in 'f' order; kept from call to call, so outside of DL4J's workspaces. */
    private record Buffers(
            INDArray inputs, INDArray inputErrors, INDArray middle, INDArray middleErrors, INDArray outputs) {
        static Buffers of(int rows, int hidden, int units) {
            return new Buffers(
                    array(rows, hidden + 1),
                    array(rows, hidden + 1),
                    array(rows, units),
                    array(rows, units),
                    array(rows, units));
        }

        private static INDArray array(int rows, int columns) {
            return Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows, columns, KEYS);
        }

        boolean fit(int rows) {
            return inputs.size(0) == rows;
        }
    }

    NoteAxisPass(int hidden, int units) {
        this.hidden = hidden;
        this.units = units;
        first = new LstmKernel(hidden + 1, units);
        second = new LstmKernel(units, units);
    }

    @Override
    public float[] forward(INDArray outputs, INDArray labels, Map<String, INDArray> parameters, boolean trace) {
        sequences = Math.toIntExact(outputs.size(0) * outputs.size(2)) / KEYS;
        Buffers arrays = buffers();
        heldOutputs = HeadArrays.columnsApart(outputs);
        heldLabels = HeadArrays.columnsApart(labels);
        alongKeys(heldOutputs, hidden, 0, arrays.inputs);
        // Column 1 of the labels: the key below.
        alongKeys(heldLabels, 1, 1, arrays.inputs);
        first.forward(arrays.inputs, lstm(parameters, 1), arrays.middle, trace);
        second.forward(arrays.middle, lstm(parameters, 2), arrays.outputs, trace);
        logits = FloatLoops.grown(logits, sequences * KEYS);
        float[] weights = NativeFloats.of(parameter(parameters, "w"));
        float c = parameter(parameters, "c").getFloat(0);
        float[] sums = new float[sequences];
        float[] unitRow = new float[sequences];
        FloatBuffer from = buffer(arrays.outputs);
        for (int key = 0; key < KEYS; key++) {
            Arrays.fill(sums, c);
            for (int unit = 0; unit < units; unit++) {
                from.get((key * units + unit) * sequences, unitRow);
                FloatLoops.addScaled(weights[unit], unitRow, sums);
            }
            for (int row = 0; row < sequences; row++) {
                logits[row * KEYS + key] = sums[row];
            }
        }
        return logits;
    }

    @Override
    public void backward(
            float[] error, Map<String, INDArray> parameters, Map<String, INDArray> gradients, INDArray below) {
        Buffers arrays = buffers();
        outputErrors(error, parameters, gradients, arrays.outputs);
        LstmKernel.Parameters ofSecond = gradients(units, units);
        second.backward(arrays.outputs, lstm(parameters, 2), ofSecond, arrays.middleErrors);
        keep(ofSecond, gradients, 2);
        LstmKernel.Parameters ofFirst = gradients(hidden + 1, units);
        first.backward(arrays.middleErrors, lstm(parameters, 1), ofFirst, arrays.inputErrors);
        keep(ofFirst, gradients, 1);
        alongRows(arrays.inputErrors, below);
    }

    /** The gradients of w and c; the outputs become their errors. */
    private void outputErrors(
            float[] error, Map<String, INDArray> parameters, Map<String, INDArray> gradients, INDArray outputs) {
        float[] weights = NativeFloats.of(parameter(parameters, "w"));
        float[] weightGradients = new float[units];
        float sum = 0;
        float[] errors = new float[sequences];
        float[] unitRow = new float[sequences];
        FloatBuffer at = buffer(outputs);
        for (int key = 0; key < KEYS; key++) {
            for (int row = 0; row < sequences; row++) {
                errors[row] = error[row * KEYS + key];
                sum += errors[row];
            }
            for (int unit = 0; unit < units; unit++) {
                int block = (key * units + unit) * sequences;
                at.get(block, unitRow);
                float product = 0;
                for (int row = 0; row < sequences; row++) {
                    product += errors[row] * unitRow[row];
                    unitRow[row] = errors[row] * weights[unit];
                }
                weightGradients[unit] += product;
                at.put(block, unitRow);
            }
        }
        NativeFloats.put(weightGradients, parameter(gradients, "w"));
        NativeFloats.put(new float[] {sum}, parameter(gradients, "c"));
    }

    /** Copies columns of an array [rows, columns, steps] to the first columns, or to the last, of one along keys. */
    private void alongKeys(INDArray from, int columns, int firstColumn, INDArray to) {
        int rows = sequences * KEYS;
        int width = hidden + 1;
        int toColumn = firstColumn == 0 ? 0 : hidden;
        float[] column = new float[rows];
        float[] turned = new float[rows];
        FloatBuffer source = buffer(from);
        FloatBuffer target = buffer(to);
        for (int c = 0; c < columns; c++) {
            source.get((firstColumn + c) * rows, column);
            FloatLoops.transpose(column, sequences, KEYS, turned);
            for (int key = 0; key < KEYS; key++) {
                target.put((key * width + toColumn + c) * sequences, turned, key * sequences, sequences);
            }
        }
    }

    /** The way back of {@link #alongKeys} for the time axis' columns. */
    private void alongRows(INDArray from, INDArray to) {
        int rows = sequences * KEYS;
        float[] column = new float[rows];
        float[] turned = new float[rows];
        FloatBuffer source = buffer(from);
        FloatBuffer target = buffer(to);
        for (int c = 0; c < hidden; c++) {
            for (int key = 0; key < KEYS; key++) {
                source.get((key * (hidden + 1) + c) * sequences, turned, key * sequences, sequences);
            }
            FloatLoops.transpose(turned, KEYS, sequences, column);
            target.put(c * rows, column);
        }
    }

    private static FloatBuffer buffer(INDArray array) {
        FloatPointer pointer = NativeFloats.pointer(array);
        return pointer.capacity(pointer.position() + array.length()).asBuffer();
    }

    private static LstmKernel.Parameters lstm(Map<String, INDArray> parameters, int layer) {
        return new LstmKernel.Parameters(
                parameter(parameters, "W" + layer),
                parameter(parameters, "R" + layer),
                parameter(parameters, "b" + layer));
    }

    private static LstmKernel.Parameters gradients(int inputs, int units) {
        long gates = 4L * units;
        return new LstmKernel.Parameters(
                Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', inputs, gates),
                Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', units, gates),
                Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', 1, gates));
    }

    private static void keep(LstmKernel.Parameters computed, Map<String, INDArray> gradients, int layer) {
        parameter(gradients, "W" + layer).assign(computed.input());
        parameter(gradients, "R" + layer).assign(computed.recurrent());
        parameter(gradients, "b" + layer).assign(computed.bias());
    }

    private Buffers buffers() {
        if (buffers == null || !buffers.fit(sequences)) {
            buffers = Buffers.of(sequences, hidden, units);
        }
        return buffers;
    }
}
