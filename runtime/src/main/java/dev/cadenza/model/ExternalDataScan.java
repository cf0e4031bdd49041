package dev.cadenza.model;

import java.util.Map;

/**
 * Walks the bytes of an ONNX file and finds tensors whose data would be read from another file.
 *
 * <p>Follows onnx.proto3 from ModelProto down to every TensorProto: graphs, subgraphs in attributes, functions, training
 * information, sparse tensors. It reads only the shape of the protobuf and allocates nothing; any tensor with a data
 * location but the default, or with entries of external data, counts.
 */
final class ExternalDataScan {
    private static final int MAX_DEPTH = 64;
    private static final int TENSOR_DATA_LOCATION = 14;
    private static final int TENSOR_EXTERNAL_DATA = 13;

    /** Messages on the way to a tensor, with the fields that lead on. Field numbers of onnx.proto3. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        TRAINING,
        SPARSE_TENSOR,
        TENSOR
    }

    private static final Map<Message, Map<Integer, Message>> CHILDREN = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE_TENSOR,
                            23, Message.SPARSE_TENSOR),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of());

    /** The bytes are not a protobuf message. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String problem, int offset) {
            super(problem + " at byte " + offset);
        }
    }

    private final byte[] bytes;
    private int at;
    private boolean external;

    private ExternalDataScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Whether any tensor of the model keeps its data outside the file.
     *
     * @throws MalformedException if the bytes do not have the shape of a protobuf message
     */
    static boolean finds(byte[] model) throws MalformedException {
        ExternalDataScan scan = new ExternalDataScan(model);
        scan.message(Message.MODEL, model.length, 0);
        return scan.external;
    }

    private void message(Message type, int end, int depth) throws MalformedException {
        if (depth > MAX_DEPTH) {
            throw new MalformedException("nested deeper than " + MAX_DEPTH, at);
        }
        while (at < end) {
            long tag = varint(end);
            int field = (int) (tag >>> 3);
            if (field == 0 || tag >>> 32 != 0) {
                throw new MalformedException("impossible field number", at);
            }
            if (type == Message.TENSOR && field == TENSOR_EXTERNAL_DATA) {
                external = true;
            }
            switch ((int) (tag & 7)) {
                case 0 -> {
                    long value = varint(end);
                    external |= type == Message.TENSOR && field == TENSOR_DATA_LOCATION && value != 0;
                }
                case 1 -> skip(8, end);
                case 5 -> skip(4, end);
                case 2 -> {
                    long length = varint(end);
                    if (length < 0 || length > end - at) {
                        throw new MalformedException("a field longer than what holds it", at);
                    }
                    int fieldEnd = at + (int) length;
                    Message child = children(type).get(field);
                    if (child == null) {
                        at = fieldEnd;
                    } else {
                        message(child, fieldEnd, depth + 1);
                    }
                }
                default -> throw new MalformedException("unknown wire type", at);
            }
        }
    }

    private static Map<Integer, Message> children(Message type) {
        return CHILDREN.getOrDefault(type, Map.of());
    }

    private void skip(int count, int end) throws MalformedException {
        if (count > end - at) {
            throw new MalformedException("ends within a field", at);
        }
        at += count;
    }

    private long varint(int end) throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new MalformedException("ends within a number", at);
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedException("a number longer than ten bytes", at);
    }
}
