package dev.cadenza.trainer.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The forward and backward pass of one LSTM over buffers that it keeps, for one element type.
 *
 * <p>Inside, a step's block is row-major, [batch, units]; DL4J's arrays [batch, units, steps] in 'f' order hold the same
 * block transposed. Matrix operands lie in native memory, freed with the object; activations, which no product needs, on
 * the heap. One thread.
 */
abstract class LstmPass {
    /** Column blocks of a row of gates. */
    static final int GATES = 4;

    final int inputs;
    final int hidden;
    int batch;
    int steps;

    /** Per step and row 0 or 1, [steps, batch]; null when every step counts. */
    float @Nullable [] mask;

    /** Whether the last pass forward kept what a pass back needs. */
    boolean tracing;

    private boolean traced;

    /** Arrays in use by their address alone: ND4J frees what nothing refers to. */
    private final List<INDArray> held = new ArrayList<>();
    /** Steps x rows that the buffers hold, and rows. */
    private long roomForSteps;

    private long roomForRows;

    private @Nullable Pointer input;
    private @Nullable Pointer inputGradient;
    /** Gate inputs [steps, batch, 4H]; on the way back their gradients. */
    private @Nullable Pointer gates;
    /** Outputs [1 + steps, batch, H]; block 0 is the state before the first step. */
    private @Nullable Pointer output;
    /** What the next step's gates say about this step's output [batch, H]. */
    private @Nullable Pointer outputGradient;

    LstmPass(int inputs, int hidden) {
        this.inputs = inputs;
        this.hidden = hidden;
    }

    static LstmPass of(DataType type, int inputs, int hidden) {
        return switch (type) {
            case FLOAT -> new FloatPass(inputs, hidden);
            case DOUBLE -> new DoublePass(inputs, hidden);
            default ->
                throw new IllegalArgumentException("data type of a fused LSTM (" + type + ") must be FLOAT or DOUBLE");
        };
    }

    abstract Pointer allocate(long elements);

    /** The address of an array's first element. */
    abstract Pointer address(INDArray array);

    abstract Pointer at(Pointer base, long element);

    /** Row-major: c [m, n] = op(a) op(b) + beta c. */
    abstract void multiply(
            boolean transposeA, boolean transposeB, int m, int n, int k, Pointer a, Pointer b, double beta, Pointer c);

    /** Takes the recurrent weights, [H, 4H] in 'f' order, for the steps of one pass. */
    abstract void setRecurrent(Pointer weights, boolean back);

    /** gates [batch, 4H] = output [batch, H] R, added to what is there when inputs are not narrow. */
    abstract void multiplyForward(Pointer output, Pointer gates);

    /** output [batch, H] = gates [batch, 4H] R'. */
    abstract void multiplyBackward(Pointer gates, Pointer output);

    /** Copies a block [rows, columns] whose rows begin every {@code stride} elements, transposed. */
    abstract void transpose(Pointer from, int rows, int columns, long stride, Pointer to);

    /** Copies a block [rows, columns], transposed, to rows that begin every {@code stride} elements. */
    abstract void spread(Pointer from, int rows, int columns, Pointer to, long stride);

    abstract void growHeap();

    /**
     * Whether the gates' pass adds the input's share itself: a product with so few columns spends its time on packing.
     */
    abstract boolean narrow();

    /** The bias [4H] and, when inputs are {@link #narrow}, the input weights [4H, inputs]. */
    abstract void setParameters(Pointer bias, Pointer weights);

    /** Cell states [batch, H] before the first step; null for zeros. */
    abstract void setCells(@Nullable Pointer cells);

    abstract void copyCells(Pointer to);

    /** Gates, cells and outputs of one step; keeps what the way back needs when {@link #tracing}. */
    abstract void forwardStep(int step, Pointer input, Pointer gates, Pointer output);

    abstract void startBackward();

    /**
     * Replaces a step's gates by the gradients of what went into them.
     *
     * @param error dL/dh of this step from above: element (row, unit) is at {@code row + stride * unit}
     * @param outputGradient dL/dh of this step from the next one; null at the last
     */
    abstract void backwardStep(
            int step, Pointer error, long stride, @Nullable Pointer outputGradient, Pointer input, Pointer gates);

    abstract void copyBiasGradient(Pointer to);

    /** The gradient of narrow inputs' weights [4H, inputs]. */
    abstract void copyInputWeightGradient(Pointer to);

    abstract void zero(Pointer from, long elements);

    /**
     * Runs all steps.
     *
     * @param features [batch, inputs, steps] of this pass' type
     * @param weights W, RW and b as the package says
     * @param previousOutput state before the first step [batch, H]; null for zeros
     * @param result outputs [batch, H, steps], the rows of a unit and step together
     */
    final void forward(
            INDArray features,
            Weights weights,
            @Nullable INDArray previousOutput,
            @Nullable INDArray previousCells,
            INDArray result,
            boolean trace) {
        batch = Math.toIntExact(features.size(0));
        steps = Math.toIntExact(features.size(2));
        tracing = trace;
        traced = trace;
        grow();
        Pointer x = there(input);
        Pointer z = there(gates);
        Pointer h = there(output);
        INDArray columns = rowsTogether(features);
        held.add(columns);
        for (int step = 0; step < steps; step++) {
            transpose(slice(columns, step), inputs, batch, columns.stride(1), inputBlock(x, step));
        }
        INDArray w = columnMajor(weights.input());
        INDArray rw = columnMajor(weights.recurrent());
        setRecurrent(held(rw), false);
        INDArray bias = columnMajor(weights.bias());
        setParameters(held(bias), held(w));
        setState(previousOutput, previousCells);
        if (!narrow()) {
            multiply(false, true, steps * batch, GATES * hidden, inputs, x, held(w), 0, z);
        }
        Pointer results = held(result);
        for (int step = 0; step < steps; step++) {
            Pointer zt = gateBlock(z, step);
            Pointer next = at(h, (step + 1) * block());
            multiplyForward(at(h, step * block()), zt);
            forwardStep(step, inputBlock(x, step), zt, next);
            spread(next, batch, hidden, at(results, (long) step * result.stride(2)), result.stride(1));
        }
        held.clear();
    }

    private void setState(@Nullable INDArray previousOutput, @Nullable INDArray previousCells) {
        if (previousOutput == null || previousCells == null) {
            zero(there(output), block());
            setCells(null);
            return;
        }
        INDArray outputs = columnMajor(previousOutput);
        transpose(held(outputs), hidden, batch, batch, there(output));
        INDArray cells = previousCells.dup('c');
        setCells(held(cells));
    }

    /** The state after the last step: outputs and cells, each into [batch, H] in 'f' and 'c' order. */
    final void lastState(INDArray outputs, INDArray cells) {
        transpose(at(there(output), steps * block()), batch, hidden, hidden, held(outputs));
        copyCells(held(cells));
        held.clear();
    }

    /**
     * Runs back over the steps of the last {@link #forward}, which must have been traced.
     *
     * @param error dL/dh from above [batch, H, steps]
     * @param firstStep gradients of earlier steps are zero
     * @param gradients W, RW and b as the package says: overwritten
     * @param inputError dL/dx [batch, inputs, steps], 'f' order: overwritten
     */
    final void backward(INDArray error, Weights weights, int firstStep, Weights gradients, INDArray inputError) {
        if (!traced) {
            throw new IllegalStateException("a pass back needs a traced pass forward");
        }
        traced = false;
        Pointer z = there(gates);
        Pointer h = there(output);
        Pointer x = there(input);
        Pointer dh = there(outputGradient);
        Pointer dx = there(inputGradient);
        INDArray errors = rowsTogether(error);
        held.add(errors);
        INDArray w = columnMajor(weights.input());
        zero(dx, (long) firstStep * batch * inputs);
        INDArray rw = columnMajor(weights.recurrent());
        setRecurrent(held(rw), true);
        Pointer ws = held(w);
        startBackward();
        for (int step = steps - 1; step >= firstStep; step--) {
            boolean last = step == steps - 1;
            if (!last) {
                multiplyBackward(gateBlock(z, step + 1), dh);
            }
            Pointer zt = gateBlock(z, step);
            backwardStep(step, slice(errors, step), errors.stride(1), last ? null : dh, inputBlock(x, step), zt);
            if (narrow()) {
                multiply(false, false, batch, inputs, GATES * hidden, zt, ws, 0, inputBlock(dx, step));
            }
        }
        int rows = (steps - firstStep) * batch;
        Pointer dz = gateBlock(z, firstStep);
        Pointer before = at(h, firstStep * block());
        multiply(true, false, GATES * hidden, hidden, rows, dz, before, 0, held(gradients.recurrent()));
        copyBiasGradient(held(gradients.bias()));
        if (narrow()) {
            copyInputWeightGradient(held(gradients.input()));
        } else {
            Pointer xs = inputBlock(x, firstStep);
            multiply(true, false, GATES * hidden, inputs, rows, dz, xs, 0, held(gradients.input()));
            multiply(false, false, rows, inputs, GATES * hidden, dz, ws, 0, inputBlock(dx, firstStep));
        }
        Pointer result = held(inputError);
        for (int step = 0; step < steps; step++) {
            transpose(inputBlock(dx, step), batch, inputs, inputs, inputBlock(result, step));
        }
        held.clear();
    }

    /** Parameters or their gradients, named by what they multiply. */
    record Weights(INDArray input, INDArray recurrent, INDArray bias) {}

    final boolean traced() {
        return traced;
    }

    final long block() {
        return (long) batch * hidden;
    }

    private Pointer inputBlock(Pointer base, int step) {
        return at(base, step * (long) batch * inputs);
    }

    private Pointer gateBlock(Pointer base, int step) {
        return at(base, step * block() * GATES);
    }

    /** A step of an array [batch, units, steps] whose rows lie together. */
    private Pointer slice(INDArray array, int step) {
        return at(address(array), (long) step * array.stride(2));
    }

    /** Refuses what the buffers cannot hold. */
    final void checkSize(long rows) {
        if (rows * GATES * hidden > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("steps x rows x 4 x units (" + rows * GATES * hidden
                    + ") of a fused LSTM must be below 2^31: cut the sequences");
        }
    }

    private void grow() {
        long rows = (long) steps * batch;
        checkSize(rows);
        if (rows > roomForSteps || batch > roomForRows) {
            release();
            roomForSteps = rows;
            roomForRows = batch;
            input = allocate(rows * inputs);
            inputGradient = allocate(rows * inputs);
            gates = allocate(rows * GATES * hidden);
            output = allocate((rows + batch) * hidden);
            outputGradient = allocate((long) batch * hidden);
        }
        growHeap();
    }

    private void release() {
        for (Pointer pointer : new Pointer[] {input, inputGradient, gates, output, outputGradient}) {
            if (pointer != null) {
                pointer.close();
            }
        }
    }

    private Pointer held(INDArray array) {
        held.add(array);
        return address(array);
    }

    private static Pointer there(@Nullable Pointer pointer) {
        if (pointer == null) {
            throw new IllegalStateException("no pass forward yet");
        }
        return pointer;
    }

    /** The array itself when the rows of a unit and step lie one after another, else a copy in 'f' order. */
    private static INDArray rowsTogether(INDArray array) {
        return array.size(0) == 1 || array.stride(0) == 1 ? array : array.dup('f');
    }

    /** The array itself when its elements lie one after another in 'f' order, else a copy that does. */
    private static INDArray columnMajor(INDArray array) {
        long expected = 1;
        for (int dimension = 0; dimension < array.rank(); dimension++) {
            if (array.size(dimension) != 1 && array.stride(dimension) != expected) {
                return array.dup('f');
            }
            expected *= array.size(dimension);
        }
        return array;
    }
}
