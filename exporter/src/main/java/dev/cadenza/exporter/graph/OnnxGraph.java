package dev.cadenza.exporter.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.cadenza.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph under construction. Tensors are named by the caller, each once; a node may only use what is there already, so
 * that the nodes are in the order that ONNX demands.
 */
public final class OnnxGraph {
    /** The file format that opset 17 came with. */
    public static final int IR_VERSION = 8;

    private final GraphProto.Builder graph;
    private final @Nullable OnnxGraph around;
    private final Set<String> defined = new HashSet<>();
    private boolean usesMicrosoft;

    public OnnxGraph(String name) {
        this(name, null);
    }

    private OnnxGraph(String name, @Nullable OnnxGraph around) {
        graph = GraphProto.newBuilder().setName(name);
        this.around = around;
    }

    /** A graph that sees this one's tensors, for a node of this one. */
    public OnnxGraph branch(String name) {
        return new OnnxGraph(name, this);
    }

    /** The whole branch, with outputs of float32. */
    public GraphProto toBranch(OnnxRef... outputs) {
        for (OnnxRef output : outputs) {
            require(output);
            graph.addOutput(floats(output.name()));
        }
        return graph.build();
    }

    /** An input of a branch: float32, of any dims. */
    public OnnxRef input(String name) {
        graph.addInput(floats(name));
        return define(name);
    }

    private static ValueInfoProto floats(String name) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber())))
                .build();
    }

    public OnnxRef input(TensorSpec spec) {
        graph.addInput(valueInfo(spec));
        return define(spec.name());
    }

    /** Declares a tensor that a node made as an output of the graph. */
    public void output(TensorSpec spec) {
        require(new OnnxRef(spec.name()));
        graph.addOutput(valueInfo(spec));
    }

    public OnnxRef floats(String name, float[] data, long... dims) {
        ByteBuffer raw = ByteBuffer.allocate(data.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(data);
        return constant(name, TensorProto.DataType.FLOAT, raw, data.length, dims);
    }

    public OnnxRef ints(String name, int[] data, long... dims) {
        ByteBuffer raw = ByteBuffer.allocate(data.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(data);
        return constant(name, TensorProto.DataType.INT32, raw, data.length, dims);
    }

    /** The nearest half floats. */
    public OnnxRef halves(String name, float[] data, long... dims) {
        ByteBuffer raw = ByteBuffer.allocate(data.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : data) {
            raw.putShort(HalfFloat.bits(value));
        }
        return constant(name, TensorProto.DataType.FLOAT16, raw, data.length, dims);
    }

    /** Whole numbers -128..127. */
    public OnnxRef bytes(String name, byte[] data, long... dims) {
        return constant(name, TensorProto.DataType.INT8, ByteBuffer.wrap(data), data.length, dims);
    }

    /** A list of int64, as operators take axes and bounds. */
    public OnnxRef longs(String name, long... data) {
        ByteBuffer raw = ByteBuffer.allocate(data.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(data);
        return constant(name, TensorProto.DataType.INT64, raw, data.length, data.length);
    }

    /** Adds a node with one output. */
    public OnnxRef node(OnnxOperator operator, String output, List<OnnxRef> inputs, OnnxAttribute... attributes) {
        return node(operator, List.of(output), inputs, attributes).get(0);
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if it breaks the operator's signature, uses a tensor that is not there, or makes
     *     one that is
     */
    public List<OnnxRef> node(
            OnnxOperator operator, List<String> outputs, List<OnnxRef> inputs, OnnxAttribute... attributes) {
        operator.check(inputs.size(), outputs.size(), List.of(attributes));
        inputs.stream().filter(input -> !input.equals(OnnxRef.NONE)).forEach(this::require);
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(outputs.get(0))
                .setOpType(operator.opType())
                .setDomain(operator.domain())
                .addAllInput(inputs.stream().map(OnnxRef::name).toList())
                .addAllOutput(outputs);
        for (OnnxAttribute attribute : attributes) {
            node.addAttribute(attribute.toProto());
        }
        usesMicrosoft |= operator.domain().equals(OnnxOperator.MICROSOFT);
        graph.addNode(node);
        return outputs.stream().map(this::define).toList();
    }

    /** The whole file. */
    public byte[] toModel(String producerVersion, String description, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("cadenza")
                .setProducerVersion(producerVersion)
                .setDocString(description)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxOperator.OPSET))
                .setGraph(graph);
        if (usesMicrosoft) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder()
                    .setDomain(OnnxOperator.MICROSOFT)
                    .setVersion(OnnxOperator.MICROSOFT_VERSION));
        }
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private OnnxRef constant(String name, TensorProto.DataType type, ByteBuffer raw, int elements, long... dims) {
        if (around != null) {
            // Constants are the whole graph's, wherever they are first named.
            return around.constant(name, type, raw, elements, dims);
        }
        long expected = 1;
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long dim : dims) {
            expected *= dim;
            tensor.addDims(dim);
        }
        if (expected != elements) {
            throw new IllegalArgumentException(name + " has " + elements + " elements, its dims say " + expected);
        }
        graph.addInitializer(tensor.setRawData(ByteString.copyFrom(raw.rewind())));
        return define(name);
    }

    private OnnxRef define(String name) {
        if (name.isEmpty() || isDefined(name) || !defined.add(name)) {
            throw new IllegalArgumentException("tensor (" + name + ") must have a name of its own");
        }
        return new OnnxRef(name);
    }

    private void require(OnnxRef ref) {
        if (!isDefined(ref.name())) {
            throw new IllegalArgumentException("tensor (" + ref.name() + ") is not in the graph yet");
        }
    }

    private boolean isDefined(String name) {
        return defined.contains(name) || (around != null && around.isDefined(name));
    }

    private static ValueInfoProto valueInfo(TensorSpec spec) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        long[] dims = spec.dims();
        for (int i = 0; i < dims.length; i++) {
            TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dims[i] < 0 ? dim.setDimParam(spec.shape().get(i)) : dim.setDimValue(dims[i]));
        }
        TensorProto.DataType type =
                spec.type().equals(TensorSpec.FLOAT32) ? TensorProto.DataType.FLOAT : TensorProto.DataType.INT32;
        return ValueInfoProto.newBuilder()
                .setName(spec.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
