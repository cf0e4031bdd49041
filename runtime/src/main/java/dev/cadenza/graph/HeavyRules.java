package dev.cadenza.graph;

import java.util.Arrays;

/** Operators that do more than touch every element once. */
final class HeavyRules {
    private HeavyRules() {}

    /** Of the first two inputs; whatever else there is, are scales and zero points. */
    static Tensor[] matMul(Call call) throws UnsafeGraphException {
        long[] a = call.in(0).dims();
        long[] b = call.in(1).dims();
        if (a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]) {
            throw call.refusal("dims " + call.in(0) + " and " + call.in(1) + " cannot be multiplied");
        }
        long[] outer = Rules.broadcast(call, Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        long[] dims = Arrays.copyOf(outer, outer.length + 2);
        dims[outer.length] = a[a.length - 2];
        dims[outer.length + 1] = b[b.length - 1];
        call.work(Tensor.count(dims), a[a.length - 1]);
        return Rules.one(Tensor.of(dims));
    }

    /** X [seq, batch, in], W [1, 4 hidden, in], R [1, 4 hidden, hidden]. */
    static Tensor[] lstm(Call call) throws UnsafeGraphException {
        long[] w = matrix(call, 1);
        long[] r = matrix(call, 2);
        return lstm(call, w[1], w[2], r[1], r[2]);
    }

    /** X [seq, batch, in], W [1, in, 4 hidden], R [1, hidden, 4 hidden]. */
    static Tensor[] quantizedLstm(Call call) throws UnsafeGraphException {
        long[] w = matrix(call, 1);
        long[] r = matrix(call, 2);
        return lstm(call, w[2], w[1], r[2], r[1]);
    }

    private static long[] matrix(Call call, int index) throws UnsafeGraphException {
        long[] dims = call.in(index).dims();
        if (dims.length != 3 || dims[0] != 1) {
            throw call.refusal("its input " + index + " has dims " + call.in(index) + ", must be [1, .., ..]");
        }
        return dims;
    }

    private static Tensor[] lstm(Call call, long gates, long width, long recurrentGates, long hidden)
            throws UnsafeGraphException {
        long[] x = call.in(0).dims();
        if (x.length != 3 || x[2] != width || gates != 4 * hidden || recurrentGates != gates) {
            throw call.refusal("its input " + call.in(0) + " and its weights " + call.in(1) + " and " + call.in(2)
                    + " do not go together");
        }
        if (call.number("hidden_size", hidden) != hidden) {
            throw call.refusal("hidden_size (" + call.number("hidden_size", hidden) + ") must be " + hidden);
        }
        call.work(Tensor.count(x[0], x[1], gates), width + hidden);
        // In addition it holds the gates of all steps at once.
        call.memory(Tensor.of(x[0], x[1], gates));
        Tensor last = Tensor.of(1, x[1], hidden);
        return new Tensor[] {Tensor.of(x[0], 1, x[1], hidden), last, last};
    }
}
