package dev.cadenza.graph;

import dev.cadenza.graph.GraphFile.Constant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a TensorProto, whose data must be in it, raw, and as much as its dims say. */
final class ConstantReader {
    private static final int INT32 = 6;
    private static final int INT64 = 7;
    private static final int MOST_DIMS = 8;
    /** Longer lists are never dims, axes or bounds. */
    static final int MOST_VALUES = 64;

    /** Numbers of TensorProto.DataType to bytes of an element: float, uint8, int8, int32, int64, bool, float16. */
    private static final Map<Long, Integer> BYTES = Map.of(1L, 4, 2L, 1, 3L, 1, 6L, 4, 7L, 8, 9L, 1, 10L, 2);

    private final LongList dims = new LongList();
    private @Nullable Long type;
    private @Nullable String name;
    private @Nullable ProtoReader data;

    private ConstantReader() {}

    static Constant read(ProtoReader in) throws UnsafeGraphException {
        ConstantReader reader = new ConstantReader();
        reader.fields(in);
        return reader.constant();
    }

    private void fields(ProtoReader in) throws UnsafeGraphException {
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> in.numbers(dims);
                case 2 -> type = GraphParser.once(type, in.number(), "type of a constant");
                case 8 -> name = GraphParser.once(name, in.text(), "name of a constant");
                case 9 -> data = GraphParser.once(data, in.message(), "data of a constant");
                case 12, 16 -> in.skipField();
                default -> throw GraphParser.unknown("a constant, whose data must be raw_data", field);
            }
        }
    }

    private Constant constant() throws UnsafeGraphException {
        String named = name == null ? "" : name;
        String place = "constant '" + GraphFile.printable(named) + "'";
        Integer bytes = BYTES.get(type == null ? 0L : type);
        if (bytes == null) {
            throw new UnsafeGraphException(place + " has type " + type + ", which is not allowed");
        }
        long[] sizes = dims.toArray();
        if (sizes.length > MOST_DIMS) {
            throw new UnsafeGraphException(place + " has " + sizes.length + " dims, at most " + MOST_DIMS);
        }
        for (long size : sizes) {
            if (size < 0) {
                throw new UnsafeGraphException(place + " has the dim " + size);
            }
        }
        if (Tensor.count(sizes) > Tensor.MOST_ELEMENTS) {
            throw new UnsafeGraphException(place + " has the dims " + Tensor.of(sizes) + ", which is too much");
        }
        long expected = Tensor.count(sizes) * bytes;
        int given = data == null ? 0 : data.remaining();
        if (given != expected) {
            throw new UnsafeGraphException(
                    place + " has " + given + " bytes, its dims " + Tensor.of(sizes) + " say " + expected);
        }
        return new Constant(named, new Tensor(sizes, values(sizes)));
    }

    /** Of a short list of whole numbers. */
    private long @Nullable [] values(long[] sizes) throws UnsafeGraphException {
        ProtoReader raw = data;
        long kind = type == null ? 0 : type;
        if (raw == null || sizes.length > 1 || (kind != INT64 && kind != INT32) || Tensor.count(sizes) > MOST_VALUES) {
            return null;
        }
        long[] values = new long[(int) Tensor.count(sizes)];
        for (int i = 0; i < values.length; i++) {
            values[i] = kind == INT64 ? raw.littleEndianLong() : raw.littleEndianInt();
        }
        return values;
    }
}
