package dev.cadenza.graph;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes ONNX files byte by byte, valid and invalid; field numbers are those of onnx.proto3. */
public final class OnnxBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A model of one graph, operator set 17, with ONNX Runtime's own operators. */
    public static byte[] model(OnnxBytes graph) {
        return new OnnxBytes()
                .number(1, 8)
                .message(7, graph)
                .message(8, new OnnxBytes().text(1, "").number(2, 17))
                .toBytes();
    }

    /** A node; attributes are added to it by {@link #integer} and so on. */
    public static OnnxBytes node(String domain, String opType, String inputs, String outputs) {
        OnnxBytes node = new OnnxBytes();
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
            node.text(1, input.equals("-") ? "" : input);
        }
        for (String output : outputs.split(" ", -1)) {
            node.text(2, output);
        }
        return node.text(3, "the-" + opType).text(4, opType).text(7, domain);
    }

    /** A node of ONNX's own. */
    public static OnnxBytes node(String opType, String inputs, String outputs) {
        return node("", opType, inputs, outputs);
    }

    public OnnxBytes integer(String name, long value) {
        return message(5, new OnnxBytes().text(1, name).number(3, value).number(20, 2));
    }

    public OnnxBytes integers(String name, long... values) {
        OnnxBytes attribute = new OnnxBytes().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return message(5, attribute.number(20, 7));
    }

    public OnnxBytes graph(String name, OnnxBytes graph) {
        return message(5, new OnnxBytes().text(1, name).message(6, graph).number(20, 5));
    }

    /** Adds nodes to a graph. */
    public OnnxBytes nodes(OnnxBytes... nodes) {
        for (OnnxBytes node : nodes) {
            message(1, node);
        }
        return this;
    }

    /** Adds an int64 constant to a graph; without dims if {@code scalar}. */
    public OnnxBytes longs(String name, boolean scalar, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return constant(name, 7, raw.array(), scalar ? new long[0] : new long[] {values.length});
    }

    /** Adds a constant to a graph. */
    public OnnxBytes constant(String name, int type, byte[] raw, long... dims) {
        OnnxBytes tensor = new OnnxBytes();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        return message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
    }

    /**
     * Adds an input (field 11) or an output (field 12) to a graph: a number or a name for each dim, "-" for a
     * single number; without dims, they are left open.
     */
    public OnnxBytes declared(int field, String name, int type, String... dims) {
        OnnxBytes shape = new OnnxBytes();
        for (String dim : dims.length == 1 && dims[0].equals("-") ? new String[0] : dims) {
            boolean number = dim.matches("-?[0-9]+");
            shape.message(1, number ? new OnnxBytes().number(1, Long.parseLong(dim)) : new OnnxBytes().text(2, dim));
        }
        OnnxBytes tensor = new OnnxBytes().number(1, type);
        if (dims.length > 0) {
            tensor.message(2, shape);
        }
        return message(field, new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, tensor)));
    }

    public OnnxBytes text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    public OnnxBytes message(int field, OnnxBytes message) {
        return bytes(field, message.toBytes());
    }

    public OnnxBytes bytes(int field, byte[] bytes) {
        varint((long) field << 3 | 2);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    public OnnxBytes number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
