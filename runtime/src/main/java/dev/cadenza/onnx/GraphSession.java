package dev.cadenza.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.cadenza.generation.StepModel;
import dev.cadenza.model.TensorSpec;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph in ONNX Runtime: one intra-op thread (a second gives nothing at these sizes), no spinning.
 *
 * <p>Owns native memory. {@link #close} must not be called while another thread is in {@link #run}: that crashes the
 * process, which is why a server goes through the leases of {@link LoadedVersion}.
 */
public final class GraphSession implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;

    private GraphSession(OrtSession session) {
        this.session = session;
    }

    /**
     * Builds a session on the CPU.
     *
     * @param model the bytes of an ONNX file
     * @throws GraphRejectedException if ONNX Runtime does not take it
     */
    public static GraphSession open(byte[] model) throws GraphRejectedException {
        return open(model, Device.CPU);
    }

    static GraphSession open(byte[] model, Device device) throws GraphRejectedException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (device == Device.CUDA) {
                try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
                    cuda.add("use_tf32", "0");
                    options.addCUDA(cuda);
                }
            }
            return new GraphSession(ENVIRONMENT.createSession(model, options));
        } catch (OrtException e) {
            throw new GraphRejectedException("ONNX Runtime does not take the graph: " + e.getMessage(), e);
        }
    }

    /** Version of ONNX Runtime. */
    public static String runtimeVersion() {
        return ENVIRONMENT.getVersion();
    }

    /** The file's {@code metadata_props}. */
    public Map<String, String> metadata() {
        try {
            return Map.copyOf(session.getMetadata().getCustomMetadata());
        } catch (OrtException e) {
            throw new EngineException("metadata cannot be read", e);
        }
    }

    /**
     * The graph's inputs, in order.
     *
     * @throws GraphRejectedException if one is no tensor of a known type
     */
    public List<TensorSpec> inputs() throws GraphRejectedException {
        try {
            return specs(session.getInputInfo().values());
        } catch (OrtException e) {
            throw new EngineException("inputs cannot be read", e);
        }
    }

    /** The graph's outputs, in order; throws like {@link #inputs}. */
    public List<TensorSpec> outputs() throws GraphRejectedException {
        try {
            return specs(session.getOutputInfo().values());
        } catch (OrtException e) {
            throw new EngineException("outputs cannot be read", e);
        }
    }

    /** Runs the graph once. Allocates its tensors anew: for playing there is {@link LoadedVersion}. */
    public GraphOutputs run(GraphInputs in) {
        int hidden = in.h().length / in.rows();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            long[] noteDims = {in.steps(), in.rows(), StepModel.ATTRIBUTES};
            long[] stateDims = {1, in.rows(), hidden};
            int noiseWidth = in.noise().length / (in.steps() * in.rows());
            tensors.put("note", ints(in.note(), noteDims));
            tensors.put("forced", ints(in.forced(), noteDims));
            tensors.put("noise", floats(in.noise(), in.steps(), in.rows(), noiseWidth));
            tensors.put("temperature", floats(in.temperature(), in.rows()));
            tensors.put("h", floats(in.h(), stateDims));
            tensors.put("c", floats(in.c(), stateDims));
            try (OrtSession.Result result = session.run(tensors)) {
                return new GraphOutputs(
                        intsOf(result, "next"),
                        floatsOf(result, "mean"),
                        floatsOf(result, "logp"),
                        floatsOf(result, "h_next"),
                        floatsOf(result, "c_next"));
            }
        } catch (OrtException e) {
            throw new EngineException("the graph did not run", e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    OrtSession session() {
        return session;
    }

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("the session did not close", e);
        }
    }

    private static List<TensorSpec> specs(Collection<NodeInfo> nodes) throws GraphRejectedException {
        List<TensorSpec> specs = new ArrayList<>();
        for (NodeInfo node : nodes) {
            if (!(node.getInfo() instanceof TensorInfo info)) {
                throw new GraphRejectedException(node.getName() + " is no tensor");
            }
            specs.add(new TensorSpec(node.getName(), type(node.getName(), info.type), dims(node.getName(), info)));
        }
        return specs;
    }

    private static String type(String name, OnnxJavaType type) throws GraphRejectedException {
        return switch (type) {
            case FLOAT -> TensorSpec.FLOAT32;
            case INT32 -> TensorSpec.INT32;
            default -> throw new GraphRejectedException(name + " has type " + type);
        };
    }

    private static List<String> dims(String name, TensorInfo info) throws GraphRejectedException {
        long[] shape = info.getShape();
        String[] names = info.getDimensionNames();
        List<String> dims = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            String dim = shape[i] >= 0 ? Long.toString(shape[i]) : names[i];
            if (!dim.matches("[1-9][0-9]{0,8}|[a-z][a-z0-9_]*")) {
                throw new GraphRejectedException(name + " has the dimension '" + dim + "'");
            }
            dims.add(dim);
        }
        return dims;
    }

    private static OnnxTensor ints(int[] data, long... dims) throws OrtException {
        return OnnxTensor.createTensor(ENVIRONMENT, IntBuffer.wrap(data), dims);
    }

    private static OnnxTensor floats(float[] data, long... dims) throws OrtException {
        return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(data), dims);
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
    }

    private static int[] intsOf(OrtSession.Result result, String name) {
        IntBuffer buffer = tensor(result, name).getIntBuffer();
        int[] data = new int[buffer.remaining()];
        buffer.get(data);
        return data;
    }

    private static float[] floatsOf(OrtSession.Result result, String name) {
        FloatBuffer buffer = tensor(result, name).getFloatBuffer();
        float[] data = new float[buffer.remaining()];
        buffer.get(data);
        return data;
    }
}
