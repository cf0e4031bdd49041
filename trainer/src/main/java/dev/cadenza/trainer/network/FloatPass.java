package dev.cadenza.trainer.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass in single precision.
 */
final class FloatPass extends LstmPass {
    private static final int G = 0;
    private static final int F = 1;
    private static final int O = 2;
    private static final int I = 3;
    private static final int NARROW = 8;

    /** From so many steps on, laying the weights out for their products pays. */
    private static final int PACKED_STEPS = 8;

    /** By gate [4][H]: the bias, its gradient, one row of gates. */
    private final float[][] bias;

    private final float[][] biasGradient;
    private final float[][] row;

    /** Narrow inputs' weights and their gradient by input and gate [inputs][4][H], and one row of inputs. */
    private final float[][][] weights;

    private final float[][][] weightGradient;
    private final float[] features;

    /** One row of units each: cells before and after, tanh of the latter, outputs or their errors, errors carried. */
    private final float[] before;

    private final float[] after;
    private final float[] tanh;
    private final float[] outputs;
    private final float[] carried;

    /** Cells before step t [1 + steps, batch, H]; one block when the pass is not traced. */
    private float[] cells = {};
    /** tanh of the cells after step t, before its mask [steps, batch, H]. */
    private float[] cellTanh = {};
    /** dL/dc of the step before, as far as it comes through the forget gate [batch, H]. */
    private float[] cellError = {};

    private @Nullable PackedProduct forwardProduct;
    private @Nullable PackedProduct backwardProduct;
    private FloatPointer recurrent = new FloatPointer();
    private int packedRows;
    private boolean packed;

    private float[] scratchFrom = {};
    private float[] scratchTo = {};

    FloatPass(int inputs, int hidden) {
        super(inputs, hidden);
        bias = new float[GATES][hidden];
        biasGradient = new float[GATES][hidden];
        row = new float[GATES][hidden];
        int own = narrow() ? inputs : 0;
        weights = new float[own][GATES][hidden];
        weightGradient = new float[own][GATES][hidden];
        features = new float[own];
        before = new float[hidden];
        after = new float[hidden];
        tanh = new float[hidden];
        outputs = new float[hidden];
        carried = new float[hidden];
    }

    @Override
    Pointer allocate(long elements) {
        return new FloatPointer(elements);
    }

    @Override
    Pointer address(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }

    @Override
    Pointer at(Pointer base, long element) {
        return ((FloatPointer) base).getPointer(element);
    }

    @Override
    void multiply(
            boolean transposeA, boolean transposeB, int m, int n, int k, Pointer a, Pointer b, double beta, Pointer c) {
        int opA = transposeA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
        int opB = transposeB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
        FloatPointer left = (FloatPointer) a;
        FloatPointer right = (FloatPointer) b;
        FloatPointer result = (FloatPointer) c;
        if (n <= NARROW && !transposeA && !transposeB) {
            for (int column = 0; column < n; column++) {
                openblas_nolapack.cblas_sgemv(
                        openblas_nolapack.CblasRowMajor,
                        opA,
                        m,
                        k,
                        1f,
                        left,
                        k,
                        right.getPointer(column),
                        n,
                        (float) beta,
                        result.getPointer(column),
                        n);
            }
            return;
        }
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                opA,
                opB,
                m,
                n,
                k,
                1f,
                left,
                transposeA ? m : k,
                right,
                transposeB ? k : n,
                (float) beta,
                result,
                n);
    }

    @Override
    void setRecurrent(Pointer weights, boolean back) {
        recurrent = (FloatPointer) weights;
        if (packedRows != batch) {
            for (PackedProduct product : new PackedProduct[] {forwardProduct, backwardProduct}) {
                if (product != null) {
                    product.close();
                }
            }
            forwardProduct = null;
            backwardProduct = null;
            packedRows = batch;
        }
        packed = PackedProduct.available() && steps >= PACKED_STEPS;
        if (!packed) {
            return;
        }
        if (back) {
            backwardProduct = backwardProduct == null
                    ? new PackedProduct(batch, GATES * hidden, hidden, false, false)
                    : backwardProduct;
            backwardProduct.pack(recurrent);
        } else {
            forwardProduct = forwardProduct == null
                    ? new PackedProduct(batch, hidden, GATES * hidden, true, !narrow())
                    : forwardProduct;
            forwardProduct.pack(recurrent);
        }
    }

    @Override
    void multiplyForward(Pointer output, Pointer gates) {
        if (packed && forwardProduct != null) {
            forwardProduct.multiply((FloatPointer) output, (FloatPointer) gates);
        } else {
            multiply(false, true, batch, GATES * hidden, hidden, output, recurrent, narrow() ? 0 : 1, gates);
        }
    }

    @Override
    void multiplyBackward(Pointer gates, Pointer output) {
        if (packed && backwardProduct != null) {
            backwardProduct.multiply((FloatPointer) gates, (FloatPointer) output);
        } else {
            multiply(false, false, batch, hidden, GATES * hidden, gates, recurrent, 0, output);
        }
    }

    @Override
    void transpose(Pointer from, int rows, int columns, long stride, Pointer to) {
        readTransposed(from, rows, columns, stride);
        put(scratchTo, rows * columns, to);
    }

    @Override
    void spread(Pointer from, int rows, int columns, Pointer to, long stride) {
        readTransposed(from, rows, columns, columns);
        FloatBuffer target = buffer(to, Math.toIntExact((columns - 1) * stride + rows));
        for (int column = 0; column < columns; column++) {
            target.put((int) (column * stride), scratchTo, column * rows, rows);
        }
    }

    /** Into {@link #scratchTo}. */
    private void readTransposed(Pointer from, int rows, int columns, long stride) {
        growScratch(rows * columns);
        FloatBuffer source = buffer(from, Math.toIntExact((rows - 1) * stride + columns));
        if (stride == columns) {
            source.get(0, scratchFrom, 0, rows * columns);
        } else {
            for (int row = 0; row < rows; row++) {
                source.get((int) (row * stride), scratchFrom, row * columns, columns);
            }
        }
        FloatLoops.transpose(scratchFrom, rows, columns, scratchTo);
    }

    @Override
    void growHeap() {
        int block = Math.toIntExact(block());
        cells = FloatLoops.grown(cells, tracing ? (1 + steps) * block : block);
        cellTanh = FloatLoops.grown(cellTanh, tracing ? steps * block : 0);
        cellError = FloatLoops.grown(cellError, block);
    }

    private void growScratch(int atLeast) {
        scratchFrom = FloatLoops.grown(scratchFrom, atLeast);
        scratchTo = FloatLoops.grown(scratchTo, atLeast);
    }

    @Override
    boolean narrow() {
        return inputs <= NARROW;
    }

    @Override
    void setParameters(Pointer bias, Pointer weights) {
        FloatBuffer biases = buffer(bias, GATES * hidden);
        for (int gate = 0; gate < GATES; gate++) {
            biases.get(gate * hidden, this.bias[gate]);
        }
        if (narrow()) {
            readTransposed(weights, GATES * hidden, inputs, inputs);
            for (int input = 0; input < inputs; input++) {
                for (int gate = 0; gate < GATES; gate++) {
                    System.arraycopy(scratchTo, (input * GATES + gate) * hidden, this.weights[input][gate], 0, hidden);
                }
            }
        }
    }

    @Override
    void setCells(@Nullable Pointer from) {
        int block = Math.toIntExact(block());
        if (from == null) {
            Arrays.fill(cells, 0, block, 0f);
        } else {
            get(from, cells, 0, block);
        }
    }

    @Override
    void copyCells(Pointer to) {
        int block = Math.toIntExact(block());
        int last = tracing ? steps * block : 0;
        growScratch(block);
        System.arraycopy(cells, last, scratchFrom, 0, block);
        put(scratchFrom, block, to);
    }

    @Override
    void forwardStep(int step, Pointer input, Pointer gates, Pointer output) {
        int block = Math.toIntExact(block());
        FloatBuffer x = buffer(input, batch * inputs);
        FloatBuffer z = buffer(gates, block * GATES);
        FloatBuffer to = buffer(output, block);
        for (int r = 0; r < batch; r++) {
            activate(x, z, r);
            int cellsBefore = tracing ? step * block + r * hidden : r * hidden;
            int cellsAfter = tracing ? cellsBefore + block : cellsBefore;
            System.arraycopy(cells, cellsBefore, before, 0, hidden);
            float[] g = row[G];
            float[] f = row[F];
            float[] o = row[O];
            float[] i = row[I];
            for (int j = 0; j < hidden; j++) {
                after[j] = f[j] * before[j] + i[j] * g[j];
            }
            FastTanh.tanh(after, tanh, hidden);
            for (int j = 0; j < hidden; j++) {
                outputs[j] = o[j] * tanh[j];
            }
            float weight = mask == null ? 1f : mask[step * batch + r];
            if (weight != 1f) {
                FloatLoops.scale(weight, after);
                FloatLoops.scale(weight, outputs);
            }
            System.arraycopy(after, 0, cells, cellsAfter, hidden);
            to.put(r * hidden, outputs);
            if (tracing) {
                for (int gate = 0; gate < GATES; gate++) {
                    z.put((r * GATES + gate) * hidden, row[gate]);
                }
                System.arraycopy(tanh, 0, cellTanh, step * block + r * hidden, hidden);
            }
        }
    }

    /** One row's gates into {@link #row}. */
    private void activate(FloatBuffer x, FloatBuffer z, int r) {
        if (narrow()) {
            x.get(r * inputs, features);
        }
        for (int gate = 0; gate < GATES; gate++) {
            float[] values = row[gate];
            z.get((r * GATES + gate) * hidden, values);
            FloatLoops.add(bias[gate], values);
            for (int input = 0; input < features.length; input++) {
                FloatLoops.addScaled(features[input], weights[input][gate], values);
            }
            if (gate == G) {
                FastTanh.tanh(values, values, hidden);
            } else {
                FastTanh.sigmoid(values, hidden);
            }
        }
    }

    @Override
    void startBackward() {
        Arrays.fill(cellError, 0f);
        clear(biasGradient);
        for (float[][] gradient : weightGradient) {
            clear(gradient);
        }
    }

    private static void clear(float[][] gates) {
        for (float[] gate : gates) {
            Arrays.fill(gate, 0f);
        }
    }

    @Override
    void backwardStep(
            int step, Pointer error, long stride, @Nullable Pointer outputGradient, Pointer input, Pointer gates) {
        int block = Math.toIntExact(block());
        readTransposed(error, hidden, batch, stride);
        FloatBuffer fromNext = outputGradient == null ? null : buffer(outputGradient, block);
        FloatBuffer x = buffer(input, batch * inputs);
        FloatBuffer z = buffer(gates, block * GATES);
        for (int r = 0; r < batch; r++) {
            System.arraycopy(scratchTo, r * hidden, outputs, 0, hidden);
            if (fromNext != null) {
                fromNext.get(r * hidden, carried);
                FloatLoops.add(carried, outputs);
            }
            for (int gate = 0; gate < GATES; gate++) {
                z.get((r * GATES + gate) * hidden, row[gate]);
            }
            System.arraycopy(cellTanh, step * block + r * hidden, tanh, 0, hidden);
            System.arraycopy(cells, step * block + r * hidden, before, 0, hidden);
            System.arraycopy(cellError, r * hidden, carried, 0, hidden);
            gateGradients(mask == null ? 1f : mask[step * batch + r]);
            System.arraycopy(carried, 0, cellError, r * hidden, hidden);
            if (narrow()) {
                x.get(r * inputs, features);
            }
            for (int gate = 0; gate < GATES; gate++) {
                FloatLoops.add(row[gate], biasGradient[gate]);
                for (int k = 0; k < features.length; k++) {
                    FloatLoops.addScaled(features[k], row[gate], weightGradient[k][gate]);
                }
                z.put((r * GATES + gate) * hidden, row[gate]);
            }
        }
    }

    /** Turns {@link #row} from activated gates into the gradients of what went into them; the cell is 0 at weight 0. */
    private void gateGradients(float weight) {
        float[] g = row[G];
        float[] f = row[F];
        float[] o = row[O];
        float[] i = row[I];
        float[] dh = outputs;
        float[] dc = carried;
        float[] was = before;
        float[] t = tanh;
        for (int j = 0; j < hidden; j++) {
            dc[j] += dh[j] * o[j] * (1f - weight * t[j] * t[j]);
        }
        for (int j = 0; j < hidden; j++) {
            o[j] = dh[j] * t[j] * o[j] * (1f - o[j]);
        }
        for (int j = 0; j < hidden; j++) {
            float gj = g[j];
            float ij = i[j];
            g[j] = dc[j] * ij * (1f - gj * gj);
            i[j] = dc[j] * gj * ij * (1f - ij);
        }
        for (int j = 0; j < hidden; j++) {
            float error = dc[j] * f[j];
            f[j] = error * was[j] * (1f - f[j]);
            dc[j] = error;
        }
    }

    @Override
    void copyBiasGradient(Pointer to) {
        FloatBuffer target = buffer(to, GATES * hidden);
        for (int gate = 0; gate < GATES; gate++) {
            target.put(gate * hidden, biasGradient[gate]);
        }
    }

    @Override
    void copyInputWeightGradient(Pointer to) {
        int count = inputs * GATES * hidden;
        growScratch(count);
        for (int input = 0; input < inputs; input++) {
            for (int gate = 0; gate < GATES; gate++) {
                System.arraycopy(weightGradient[input][gate], 0, scratchFrom, (input * GATES + gate) * hidden, hidden);
            }
        }
        FloatLoops.transpose(scratchFrom, inputs, GATES * hidden, scratchTo);
        put(scratchTo, count, to);
    }

    @Override
    void zero(Pointer from, long elements) {
        Pointer.memset(from, 0, elements * Float.BYTES);
    }

    private static void get(Pointer from, float[] to, int at, int count) {
        buffer(from, count).get(0, to, at, count);
    }

    private static void put(float[] from, int count, Pointer to) {
        buffer(to, count).put(0, from, 0, count);
    }

    private static FloatBuffer buffer(Pointer pointer, int count) {
        return ((FloatPointer) pointer).capacity(pointer.position() + count).asBuffer();
    }
}
