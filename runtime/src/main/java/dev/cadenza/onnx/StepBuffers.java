package dev.cadenza.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.generation.StepModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * The tensors of a run of so many steps and rows, over memory that Java and ONNX Runtime share: filled, run and read
 * again and again without an allocation.
 */
final class StepBuffers implements AutoCloseable {
    final int steps;
    final IntBuffer note;
    final IntBuffer forced;
    final FloatBuffer noise;
    final FloatBuffer temperature;
    final IntBuffer next;
    final FloatBuffer logp;
    final OnnxTensor noteTensor;
    final OnnxTensor forcedTensor;
    final OnnxTensor noiseTensor;
    final OnnxTensor temperatureTensor;
    final OnnxTensor nextTensor;
    final OnnxTensor logpTensor;

    StepBuffers(int steps, int rows, int noiseWidth, int logpWidth) throws OrtException {
        this.steps = steps;
        int cells = steps * rows;
        note = ints(cells * StepModel.ATTRIBUTES);
        forced = ints(cells * StepModel.ATTRIBUTES);
        noise = floats(cells * noiseWidth);
        temperature = floats(rows);
        next = ints(cells * StepModel.ATTRIBUTES);
        logp = floats(cells * logpWidth);
        noteTensor = tensor(note, steps, rows, StepModel.ATTRIBUTES);
        forcedTensor = tensor(forced, steps, rows, StepModel.ATTRIBUTES);
        noiseTensor = tensor(noise, steps, rows, noiseWidth);
        temperatureTensor = tensor(temperature, rows);
        nextTensor = tensor(next, steps, rows, StepModel.ATTRIBUTES);
        logpTensor = tensor(logp, steps, rows, logpWidth);
    }

    static FloatBuffer floats(int count) {
        return direct(count).asFloatBuffer();
    }

    static OnnxTensor tensor(FloatBuffer buffer, long... dims) throws OrtException {
        return OnnxTensor.createTensor(GraphSession.environment(), buffer, dims);
    }

    private static IntBuffer ints(int count) {
        return direct(count).asIntBuffer();
    }

    private static OnnxTensor tensor(IntBuffer buffer, long... dims) throws OrtException {
        return OnnxTensor.createTensor(GraphSession.environment(), buffer, dims);
    }

    private static ByteBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Integer.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        noteTensor.close();
        forcedTensor.close();
        noiseTensor.close();
        temperatureTensor.close();
        nextTensor.close();
        logpTensor.close();
    }
}
