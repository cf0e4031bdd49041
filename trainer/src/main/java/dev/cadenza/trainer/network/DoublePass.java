package dev.cadenza.trainer.network;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pass in double precision, for checking gradients: the same products, gates one unit at a time. */
final class DoublePass extends LstmPass {
    private final double[] bias;
    private final double[] biasGradient;
    private double[] activations = {};
    private double[] cells = {};
    private double[] cellTanh = {};
    private double[] cellError = {};
    private Pointer recurrent = new DoublePointer();

    DoublePass(int inputs, int hidden) {
        super(inputs, hidden);
        bias = new double[GATES * hidden];
        biasGradient = new double[GATES * hidden];
    }

    @Override
    Pointer allocate(long elements) {
        return new DoublePointer(elements);
    }

    @Override
    Pointer address(INDArray array) {
        return new DoublePointer(array.data().addressPointer());
    }

    @Override
    Pointer at(Pointer base, long element) {
        return ((DoublePointer) base).getPointer(element);
    }

    @Override
    void multiply(
            boolean transposeA, boolean transposeB, int m, int n, int k, Pointer a, Pointer b, double beta, Pointer c) {
        openblas_nolapack.cblas_dgemm(
                openblas_nolapack.CblasRowMajor,
                transposeA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                transposeB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                m,
                n,
                k,
                1,
                (DoublePointer) a,
                transposeA ? m : k,
                (DoublePointer) b,
                transposeB ? k : n,
                beta,
                (DoublePointer) c,
                n);
    }

    @Override
    void setRecurrent(Pointer weights, boolean back) {
        recurrent = weights;
    }

    @Override
    void multiplyForward(Pointer output, Pointer gates) {
        multiply(false, true, batch, GATES * hidden, hidden, output, recurrent, 1, gates);
    }

    @Override
    void multiplyBackward(Pointer gates, Pointer output) {
        multiply(false, false, batch, hidden, GATES * hidden, gates, recurrent, 0, output);
    }

    @Override
    void transpose(Pointer from, int rows, int columns, long stride, Pointer to) {
        DoubleBuffer source = buffer(from, Math.toIntExact((rows - 1) * stride + columns));
        DoubleBuffer target = buffer(to, rows * columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target.put(column * rows + row, source.get((int) (row * stride) + column));
            }
        }
    }

    @Override
    void spread(Pointer from, int rows, int columns, Pointer to, long stride) {
        DoubleBuffer source = buffer(from, rows * columns);
        DoubleBuffer target = buffer(to, Math.toIntExact((columns - 1) * stride + rows));
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                target.put((int) (column * stride) + row, source.get(row * columns + column));
            }
        }
    }

    @Override
    void growHeap() {
        int block = Math.toIntExact(block());
        cells = new double[(1 + steps) * block];
        cellTanh = new double[steps * block];
        activations = new double[steps * block * GATES];
        cellError = new double[block];
    }

    @Override
    boolean narrow() {
        return false;
    }

    @Override
    void setParameters(Pointer bias, Pointer weights) {
        buffer(bias, this.bias.length).get(0, this.bias);
    }

    @Override
    void setCells(@Nullable Pointer from) {
        if (from != null) {
            buffer(from, (int) block()).get(0, cells, 0, (int) block());
        }
    }

    @Override
    void copyCells(Pointer to) {
        buffer(to, (int) block()).put(0, cells, steps * (int) block(), (int) block());
    }

    private double weight(int step, int row) {
        return mask == null ? 1 : mask[step * batch + row];
    }

    @Override
    void forwardStep(int step, Pointer input, Pointer gates, Pointer output) {
        DoubleBuffer z = buffer(gates, (int) block() * GATES);
        DoubleBuffer h = buffer(output, (int) block());
        for (int unit = 0; unit < block(); unit++) {
            int row = unit / hidden;
            int column = unit % hidden;
            int at = step * (int) block() + unit;
            double[] gate = new double[GATES];
            for (int k = 0; k < GATES; k++) {
                double in = z.get(row * GATES * hidden + k * hidden + column) + bias[k * hidden + column];
                gate[k] = k == 0 ? Math.tanh(in) : 1 / (1 + Math.exp(-in));
                activations[at * GATES + k] = gate[k];
            }
            double weight = weight(step, row);
            double cell = gate[1] * cells[at] + gate[3] * gate[0];
            cells[at + (int) block()] = weight * cell;
            cellTanh[at] = Math.tanh(cell);
            h.put(unit, weight * gate[2] * cellTanh[at]);
        }
    }

    @Override
    void startBackward() {
        Arrays.fill(biasGradient, 0);
    }

    @Override
    void backwardStep(
            int step, Pointer error, long stride, @Nullable Pointer outputGradient, Pointer input, Pointer gates) {
        DoubleBuffer above = buffer(error, Math.toIntExact((hidden - 1) * stride + batch));
        DoubleBuffer next = outputGradient == null ? null : buffer(outputGradient, (int) block());
        DoubleBuffer dz = buffer(gates, (int) block() * GATES);
        for (int unit = 0; unit < block(); unit++) {
            int row = unit / hidden;
            int column = unit % hidden;
            int at = step * (int) block() + unit;
            double g = activations[at * GATES];
            double f = activations[at * GATES + 1];
            double o = activations[at * GATES + 2];
            double i = activations[at * GATES + 3];
            double dh = above.get((int) (column * stride) + row) + (next == null ? 0 : next.get(unit));
            double dc = cellError[unit] + dh * o * (1 - weight(step, row) * cellTanh[at] * cellTanh[at]);
            cellError[unit] = dc * f;
            double[] gradients = {
                dc * i * (1 - g * g),
                dc * cells[at] * f * (1 - f),
                dh * cellTanh[at] * o * (1 - o),
                dc * g * i * (1 - i)
            };
            for (int k = 0; k < GATES; k++) {
                biasGradient[k * hidden + column] += gradients[k];
                dz.put(row * GATES * hidden + k * hidden + column, gradients[k]);
            }
        }
    }

    @Override
    void copyBiasGradient(Pointer to) {
        buffer(to, biasGradient.length).put(0, biasGradient);
    }

    @Override
    void copyInputWeightGradient(Pointer to) {
        throw new IllegalStateException("inputs are not narrow");
    }

    @Override
    void zero(Pointer from, long elements) {
        Pointer.memset(from, 0, elements * Double.BYTES);
    }

    private static DoubleBuffer buffer(Pointer pointer, int count) {
        return ((DoublePointer) pointer).capacity(pointer.position() + count).asBuffer();
    }
}
