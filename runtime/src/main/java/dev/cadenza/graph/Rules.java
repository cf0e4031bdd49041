package dev.cadenza.graph;

import java.util.Arrays;
import java.util.Set;

/** Operators whose outputs follow from their inputs' dims alone. */
final class Rules {
    /** Numbers of TensorProto.DataType: float, uint8, int8, int32, int64, bool, float16; a text has no size. */
    private static final Set<Long> TYPES = Set.of(1L, 2L, 3L, 6L, 7L, 9L, 10L);

    private Rules() {}

    static Tensor[] same(Call call) throws UnsafeGraphException {
        return one(Tensor.of(call.in(0).dims()));
    }

    static Tensor[] cast(Call call) throws UnsafeGraphException {
        if (!TYPES.contains(call.number("to", 0))) {
            throw call.refusal("to (" + call.number("to", 0) + ") must be one of " + TYPES);
        }
        return same(call);
    }

    static Tensor[] broadcast(Call call) throws UnsafeGraphException {
        Tensor all = call.in(0);
        for (int i = 1; i < call.inputs(); i++) {
            all = broadcast(call, all, call.in(i));
        }
        return one(Tensor.of(all.dims()));
    }

    static Tensor broadcast(Call call, Tensor a, Tensor b) throws UnsafeGraphException {
        return Tensor.of(broadcast(call, a.dims(), b.dims()));
    }

    static long[] broadcast(Call call, long[] a, long[] b) throws UnsafeGraphException {
        long[] dims = new long[Math.max(a.length, b.length)];
        for (int back = 1; back <= dims.length; back++) {
            long ofA = back <= a.length ? a[a.length - back] : 1;
            long ofB = back <= b.length ? b[b.length - back] : 1;
            if (ofA != ofB && ofA != 1 && ofB != 1) {
                throw call.refusal("dims " + Tensor.of(a) + " and " + Tensor.of(b) + " do not go together");
            }
            dims[dims.length - back] = ofA == 1 ? ofB : ofA;
        }
        return dims;
    }

    static Tensor[] concat(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims().clone();
        int axis = call.axis("axis", 0, dims.length);
        boolean known = dims.length == 1 && call.in(0).values() != null;
        for (int i = 1; i < call.inputs(); i++) {
            Tensor part = call.in(i);
            if (part.rank() != dims.length) {
                throw call.refusal("its inputs have " + dims.length + " and " + part.rank() + " dims");
            }
            for (int k = 0; k < dims.length; k++) {
                if (k != axis && part.dims()[k] != dims[k]) {
                    throw call.refusal("dims " + Tensor.of(dims) + " and " + part + " do not go together");
                }
            }
            dims[axis] += part.dims()[axis];
            known &= part.values() != null;
        }
        if (!known || dims[0] > ConstantReader.MOST_VALUES) {
            return one(Tensor.of(dims));
        }
        long[] values = new long[(int) dims[0]];
        int at = 0;
        for (int i = 0; i < call.inputs(); i++) {
            long[] part = call.sizes(i);
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return one(new Tensor(dims, values));
    }

    static Tensor[] shape(Call call) throws UnsafeGraphException {
        long[] dims = call.in(0).dims();
        int start = place(call.number("start", 0), dims.length);
        int end = place(call.number("end", dims.length), dims.length);
        long[] values = Arrays.copyOfRange(dims, start, Math.max(start, end));
        return one(new Tensor(new long[] {values.length}, values));
    }

    private static int place(long number, int rank) {
        return (int) Math.max(0, Math.min(rank, number < 0 ? number + rank : number));
    }

    static Tensor[] gather(Call call) throws UnsafeGraphException {
        long[] data = call.in(0).dims();
        long[] indices = call.in(1).dims();
        int axis = call.axis("axis", 0, data.length);
        long[] dims = new long[data.length - 1 + indices.length];
        System.arraycopy(data, 0, dims, 0, axis);
        System.arraycopy(indices, 0, dims, axis, indices.length);
        System.arraycopy(data, axis + 1, dims, axis + indices.length, data.length - axis - 1);
        return one(Tensor.of(dims));
    }

    static Tensor[] gatherElements(Call call) throws UnsafeGraphException {
        call.in(0);
        return one(Tensor.of(call.in(1).dims()));
    }

    static Tensor[] argMax(Call call) throws UnsafeGraphException {
        return reduced(call, new long[] {call.number("axis", 0)});
    }

    static Tensor[] reduce(Call call) throws UnsafeGraphException {
        long[] axes = call.inputs() > 1 ? call.sizes(1) : call.numbers("axes");
        if (axes == null || axes.length == 0) {
            axes = new long[call.in(0).rank()];
            Arrays.setAll(axes, i -> i);
        }
        return reduced(call, axes);
    }

    private static Tensor[] reduced(Call call, long[] axes) throws UnsafeGraphException {
        long[] dims = call.in(0).dims().clone();
        boolean[] gone = new boolean[dims.length];
        for (long axis : axes) {
            int counted = call.axis(axis, dims.length);
            gone[counted] = true;
            dims[counted] = 1;
        }
        return one(Tensor.of(call.number("keepdims", 1) == 0 ? without(dims, gone) : dims));
    }

    static long[] without(long[] dims, boolean[] gone) {
        long[] left = new long[dims.length];
        int count = 0;
        for (int i = 0; i < dims.length; i++) {
            if (!gone[i]) {
                left[count++] = dims[i];
            }
        }
        return Arrays.copyOf(left, count);
    }

    static Tensor[] one(Tensor output) {
        return new Tensor[] {output};
    }
}
