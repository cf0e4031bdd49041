package dev.cadenza.exporter.kind.performer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.onnx.PerformerKind;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/** A performer's graph in ONNX Runtime, every output of it. */
final class PerformerRunner implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;

    PerformerRunner(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = ENVIRONMENT.createSession(model, options);
        }
    }

    OrtSession session() {
        return session;
    }

    PerformerAnswer run(PerformerCall call) throws OrtException {
        Map<String, OnnxTensor> inputs = inputs(call);
        try (OrtSession.Result result = session.run(inputs)) {
            return new PerformerAnswer(
                    ints(result, "next"),
                    floats(result, "logp"),
                    floats(result, "logits"),
                    ints(result, "keys_next"),
                    ints(result, "ends_next"),
                    floats(result, "h_next"),
                    floats(result, "c_next"));
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    Map<String, OnnxTensor> inputs(PerformerCall call) throws OrtException {
        int seq = call.steps();
        int batch = call.rows();
        int hidden = call.h().length / batch;
        Map<String, OnnxTensor> inputs = new HashMap<>();
        inputs.put("note", tensor(call.note(), seq, batch, 4));
        inputs.put("forced", tensor(call.forced(), seq, batch, 4));
        inputs.put("keys", tensor(call.keys(), seq, batch, 88, KeyState.PER_KEY));
        inputs.put("ends", tensor(call.ends(), seq, batch, KeyState.LAST_ENDS));
        inputs.put("controls", tensor(call.controls(), seq, batch, PerformerControls.WIDTH));
        inputs.put("h", tensor(call.h(), 1, batch, hidden));
        inputs.put("c", tensor(call.c(), 1, batch, hidden));
        inputs.put("noise", tensor(call.noise(), seq, batch, PerformerCall.LOGITS));
        inputs.put("uniform", tensor(call.uniform(), seq, batch, 3));
        inputs.put("temperature", tensor(call.temperature(), batch));
        inputs.put("top_p", tensor(call.topP(), batch));
        inputs.put("min_p", tensor(call.minP(), batch));
        inputs.put("bias", tensor(call.bias(), batch, PerformerCall.LOGITS));
        if (session.getInputNames().contains(PerformerKind.RECALL)) {
            inputs.put(PerformerKind.RECALL, tensor(call.recall(), seq, batch, Recall.WIDTH));
        }
        return inputs;
    }

    private static OnnxTensor tensor(int[] data, long... dims) throws OrtException {
        return OnnxTensor.createTensor(ENVIRONMENT, IntBuffer.wrap(data), dims);
    }

    private static OnnxTensor tensor(float[] data, long... dims) throws OrtException {
        return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(data), dims);
    }

    private static int[] ints(OrtSession.Result result, String name) {
        IntBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getIntBuffer();
        int[] data = new int[buffer.remaining()];
        buffer.get(data);
        return data;
    }

    private static float[] floats(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] data = new float[buffer.remaining()];
        buffer.get(data);
        return data;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
