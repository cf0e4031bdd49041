package dev.cadenza.graph;

import java.util.Arrays;

/** Operators that take dims, places or counts as an input: it must be known before anything runs. */
final class SizedRules {
    private SizedRules() {}

    static Tensor[] expand(Call call) throws UnsafeGraphException {
        long[] wanted = call.sizes(1);
        requireSizes(call, wanted);
        return Rules.one(Tensor.of(Rules.broadcast(call, call.in(0).dims(), wanted)));
    }

    static Tensor[] pad(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims().clone();
        long[] pads = call.sizes(1);
        if (pads.length != 2 * dims.length || call.inputs() > 3) {
            throw call.refusal("its pads " + Tensor.of(pads) + " do not fit dims " + Tensor.of(dims));
        }
        for (int i = 0; i < dims.length; i++) {
            requireSizes(call, pads[i], pads[dims.length + i]);
            dims[i] += pads[i] + pads[dims.length + i];
        }
        return Rules.one(Tensor.of(dims));
    }

    static Tensor[] reshape(Call call) throws UnsafeGraphException {
        Tensor data = call.in(0);
        long[] dims = call.sizes(1).clone();
        int open = -1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == 0 && i < data.rank()) {
                dims[i] = data.dims()[i];
            } else if (dims[i] == -1 && open < 0) {
                open = i;
                dims[i] = 1;
            }
        }
        requireSizes(call, dims);
        long rest = Tensor.count(dims);
        if (open >= 0) {
            dims[open] = rest == 0 ? 0 : data.count() / rest;
        }
        if (Tensor.count(dims) != data.count()) {
            throw call.refusal("dims " + data + " cannot become " + Tensor.of(call.sizes(1)));
        }
        return Rules.one(Tensor.of(dims));
    }

    static Tensor[] slice(Call call) throws UnsafeGraphException {
        Tensor data = call.in(0);
        long[] starts = call.sizes(1);
        long[] ends = call.sizes(2);
        long[] axes = new long[starts.length];
        Arrays.setAll(axes, i -> i);
        axes = call.optional(3) == null ? axes : call.sizes(3);
        long[] steps = new long[starts.length];
        Arrays.fill(steps, 1);
        steps = call.optional(4) == null ? steps : call.sizes(4);
        if (ends.length != starts.length || axes.length != starts.length || steps.length != starts.length) {
            throw call.refusal("its starts, ends, axes and steps are not equally many");
        }
        long[] dims = data.dims().clone();
        for (int i = 0; i < starts.length; i++) {
            int axis = call.axis(axes[i], dims.length);
            if (steps[i] < 1) {
                throw call.refusal("a step of " + steps[i] + ", must be at least 1");
            }
            long length = place(ends[i], data.dims()[axis]) - place(starts[i], data.dims()[axis]);
            dims[axis] = length <= 0 ? 0 : (length - 1) / steps[i] + 1;
        }
        return Rules.one(Tensor.of(dims));
    }

    private static long place(long number, long length) {
        return Math.max(0, Math.min(length, number < 0 ? number + length : number));
    }

    static Tensor[] split(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims();
        int axis = call.axis("axis", 0, dims.length);
        Tensor[] parts = new Tensor[call.outputs()];
        if (parts.length == 0) {
            throw call.refusal("it has no output");
        }
        long[] sizes;
        if (call.optional(1) == null) {
            sizes = new long[parts.length];
            Arrays.fill(sizes, dims[axis] / parts.length);
        } else {
            sizes = call.sizes(1);
        }
        requireSizes(call, sizes);
        if (sizes.length != parts.length || Arrays.stream(sizes).sum() != dims[axis]) {
            throw call.refusal("dims " + Tensor.of(dims) + " cannot be split into " + Tensor.of(sizes));
        }
        for (int i = 0; i < parts.length; i++) {
            long[] part = dims.clone();
            part[axis] = sizes[i];
            parts[i] = Tensor.of(part);
        }
        return parts;
    }

    static Tensor[] squeeze(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims();
        boolean[] gone = new boolean[dims.length];
        if (call.optional(1) == null) {
            for (int i = 0; i < dims.length; i++) {
                gone[i] = dims[i] == 1;
            }
        } else {
            for (long axis : call.sizes(1)) {
                gone[call.axis(axis, dims.length)] = true;
            }
        }
        for (int i = 0; i < dims.length; i++) {
            if (gone[i] && dims[i] != 1) {
                throw call.refusal("axis " + i + " of " + Tensor.of(dims) + " is not 1 long");
            }
        }
        return Rules.one(Tensor.of(Rules.without(dims, gone)));
    }

    static Tensor[] unsqueeze(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims();
        long[] axes = call.sizes(1);
        long[] more = new long[dims.length + axes.length];
        for (long axis : axes) {
            more[call.axis(axis, more.length)] = 1;
        }
        int at = 0;
        for (int i = 0; i < more.length; i++) {
            if (more[i] == 0) {
                if (at == dims.length) {
                    throw call.refusal("axes " + Tensor.of(axes) + " name one twice");
                }
                more[i] = dims[at++];
            }
        }
        return Rules.one(Tensor.of(more));
    }

    static Tensor[] topK(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims().clone();
        int axis = call.axis("axis", -1, dims.length);
        long k = call.size(1);
        if (k < 0 || k > dims[axis]) {
            throw call.refusal("k (" + k + ") must be 0.." + dims[axis]);
        }
        dims[axis] = k;
        return new Tensor[] {Tensor.of(dims), Tensor.of(dims)};
    }

    private static void requireSizes(Call call, long... sizes) throws UnsafeGraphException {
        for (long size : sizes) {
            if (size < 0 || size > Tensor.MOST_ELEMENTS) {
                throw call.refusal("a size of " + size + ", must be 0.." + Tensor.MOST_ELEMENTS);
            }
        }
    }
}
