package dev.cadenza.trainer.network;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Speed of the recurrent products of one LSTM update alone, at its shapes and in their proportion: what an update with
 * nothing else to do would reach. One thread an object.
 */
public final class ProductSpeed {
    private final int hidden;
    private final int batch;
    private final int steps;
    private final FloatPass products;
    private final FloatPointer gates;
    private final FloatPointer outputs;
    private final FloatPointer back;
    private final FloatPointer weights;
    private final FloatPointer gradient;

    /** Of an update on {@code batch} sequences of {@code steps}. */
    public ProductSpeed(int hidden, int batch, int steps) {
        this.hidden = hidden;
        this.batch = batch;
        this.steps = steps;
        products = new FloatPass(1, hidden);
        gates = filled((long) steps * batch * LstmPass.GATES * hidden);
        outputs = filled((long) steps * batch * hidden);
        back = filled((long) batch * hidden);
        weights = filled((long) LstmPass.GATES * hidden * hidden);
        gradient = filled((long) LstmPass.GATES * hidden * hidden);
    }

    private static FloatPointer filled(long count) {
        FloatPointer values = new FloatPointer(count);
        for (long i = 0; i < count; i++) {
            values.put(i, (float) Math.sin((double) i));
        }
        return values;
    }

    /** Floating point operations of an LSTM in an update, per note: 2 for each of three products' multiply-adds. */
    public static double operationsPerNote(int inputs, int hidden) {
        return 3.0 * 2 * LstmPass.GATES * hidden * ((double) hidden + inputs);
    }

    /** Whether {@link #run} can be asked for packed products here. */
    public static boolean packs() {
        return PackedProduct.available();
    }

    /**
     * Runs the products of one update: a forward and a backward one for each step, and one weight gradient.
     *
     * @param packed true for products with weights laid out once, as the layer runs them where it can; false for sgemm
     * @return floating point operations made
     */
    public double run(boolean packed) {
        int wide = LstmPass.GATES * hidden;
        try (PackedProduct forward = packed ? new PackedProduct(batch, hidden, wide, true, false) : null;
                PackedProduct backward = packed ? new PackedProduct(batch, wide, hidden, false, false) : null) {
            if (forward != null && backward != null) {
                forward.pack(weights);
                backward.pack(weights);
            }
            for (int step = 0; step < steps; step++) {
                FloatPointer z = gates.getPointer((long) step * batch * wide);
                FloatPointer h = outputs.getPointer((long) step * batch * hidden);
                if (forward != null && backward != null) {
                    forward.multiply(h, z);
                    backward.multiply(z, back);
                } else {
                    products.multiply(false, true, batch, wide, hidden, h, weights, 0, z);
                    products.multiply(false, false, batch, hidden, wide, z, weights, 0, back);
                }
            }
        }
        products.multiply(true, false, wide, hidden, steps * batch, gates, outputs, 0, gradient);
        return operationsPerNote(0, hidden) * steps * batch;
    }
}
