package dev.cadenza.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.onnx.device.Device;
import dev.cadenza.onnx.device.EngineException;
import dev.cadenza.onnx.device.NativeCalls;
import dev.cadenza.onnx.device.NativeLibrary;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A graph in ONNX Runtime: one intra-op thread (a second gives nothing at these sizes), no spinning.
 *
 * <p>Owns native memory. {@link #close} must not be called while another thread is in {@link #run}: that crashes the
 * process, which is why a server goes through the leases of {@link LoadedVersion}.
 */
public final class GraphSession implements AutoCloseable {
    /** A path, then a line and a function, as they were where ONNX Runtime was built. */
    private static final Pattern SOURCE = Pattern.compile("/\\S*onnxruntime\\S*:\\d+ (?=\\S)");

    private final OrtSession session;
    private final OrtSession.RunOptions options;
    private boolean closed;

    private GraphSession(OrtSession session, OrtSession.RunOptions options) {
        this.session = session;
        this.options = options;
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
        OrtEnvironment environment = environment();
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
            NativeCalls.begin();
            try {
                return new GraphSession(environment.createSession(model, options), new OrtSession.RunOptions());
            } finally {
                NativeCalls.end();
            }
        } catch (OrtException e) {
            throw new GraphRejectedException("ONNX Runtime does not take the graph: " + withoutSources(e), e);
        }
    }

    /** Version of ONNX Runtime. */
    public static String runtimeVersion() {
        return environment().getVersion();
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
     * @throws GraphRejectedException if one is not a tensor of a known type
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

    /**
     * Runs a graph of kind {@code paper} once. Allocates its tensors anew: for playing there is {@link LoadedVersion}.
     */
    public GraphOutputs run(GraphInputs in) {
        int hidden = in.h().length / in.rows();
        TensorValues values = new TensorValues()
                .put("note", in.note())
                .put("forced", in.forced())
                .put("noise", in.noise())
                .put("temperature", in.temperature())
                .put("h", in.h())
                .put("c", in.c());
        TensorValues out = run(PaperKind.signature(hidden), in.steps(), in.rows(), values);
        return new GraphOutputs(
                out.ints("next"), out.floats("mean"), out.floats("logp"), out.floats("h_next"), out.floats("c_next"));
    }

    /**
     * Runs a graph once. Allocates its tensors anew: for playing there is {@link LoadedVersion}.
     *
     * @param in all inputs
     * @return all outputs
     */
    public TensorValues run(GraphSignature signature, int steps, int rows, TensorValues in) {
        try (StepBuffers buffers = new StepBuffers(steps, rows, signature.inputs(), signature.outputs(), Set.of())) {
            for (TensorSpec spec : signature.inputs()) {
                if (spec.type().equals(TensorSpec.INT32)) {
                    buffers.ints(spec.name()).put(0, checked(spec, in.ints(spec.name()), buffers.ints(spec.name())));
                } else {
                    float[] given = in.floats(spec.name());
                    requireLength(
                            spec, given.length, buffers.floats(spec.name()).capacity());
                    buffers.floats(spec.name()).put(0, given);
                }
            }
            run(buffers.inputs(), buffers.outputs());
            TensorValues out = new TensorValues();
            for (TensorSpec spec : signature.outputs()) {
                if (spec.type().equals(TensorSpec.INT32)) {
                    IntBuffer buffer = buffers.ints(spec.name());
                    int[] values = new int[buffer.capacity()];
                    buffer.get(0, values);
                    out.put(spec.name(), values);
                } else {
                    FloatBuffer buffer = buffers.floats(spec.name());
                    float[] values = new float[buffer.capacity()];
                    buffer.get(0, values);
                    out.put(spec.name(), values);
                }
            }
            return out;
        } catch (OrtException e) {
            throw new EngineException("the graph did not run", e);
        }
    }

    private static int[] checked(TensorSpec spec, int[] given, IntBuffer buffer) {
        requireLength(spec, given.length, buffer.capacity());
        return given;
    }

    private static void requireLength(TensorSpec spec, int given, int expected) {
        if (given != expected) {
            throw new IllegalArgumentException(spec + " was given " + given + " numbers, expected " + expected);
        }
    }

    /** Runs once with tensors that stay the caller's. */
    void run(Map<String, OnnxTensor> in, Map<String, OnnxTensor> out) throws OrtException {
        NativeCalls.begin();
        try {
            // The result holds the pinned outputs alone, which it does not own.
            session.run(in, Set.of(), out, options).close();
        } finally {
            NativeCalls.end();
        }
    }

    /**
     * Ends whatever is running as soon as its present node has been computed, and every run after it: with an {@link
     * EngineException}.
     */
    synchronized void terminate() {
        try {
            if (!closed) {
                options.setTerminate(true);
            }
        } catch (OrtException e) {
            throw new EngineException("ending the session's runs failed", e);
        }
    }

    static OrtEnvironment environment() {
        return NativeLibrary.environment();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            options.close();
            session.close();
        } catch (OrtException e) {
            throw new EngineException("the session did not close", e);
        }
    }

    private static List<TensorSpec> specs(Collection<NodeInfo> nodes) throws GraphRejectedException {
        List<TensorSpec> specs = new ArrayList<>();
        for (NodeInfo node : nodes) {
            if (!(node.getInfo() instanceof TensorInfo info)) {
                throw new GraphRejectedException(node.getName() + " is not a tensor");
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

    /** The message without the places in ONNX Runtime's own source, which say nothing to who exported the graph. */
    private static String withoutSources(OrtException e) {
        return SOURCE.matcher(String.valueOf(e.getMessage())).replaceAll("");
    }
}
