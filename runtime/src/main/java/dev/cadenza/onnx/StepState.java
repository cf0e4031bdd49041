package dev.cadenza.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.TensorSpec;
import dev.cadenza.notematrix.HeardNotes;
import dev.cadenza.onnx.device.EngineException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The LSTM's h and c of some rows, each in a pair of tensors: a run reads one of the pair and writes the other, then
 * they change places.
 */
final class StepState implements StepModel.State {
    private static final Set<String> HELD = Set.of("h", "c", "h_next", "c_next");

    private final int rows;
    private final HeardNotes[] heard;
    private final FloatBuffer[] memory = new FloatBuffer[4];
    private final OnnxTensor[] tensors = new OnnxTensor[4];
    private int current;
    private @Nullable StepBuffers buffers;

    /** @param heard by row; empty for a kind that does not ask */
    StepState(int rows, int hidden, HeardNotes[] heard) throws OrtException {
        this.rows = rows;
        this.heard = heard;
        for (int i = 0; i < tensors.length; i++) {
            memory[i] = StepBuffers.floats(rows * hidden);
            tensors[i] = StepBuffers.tensor(memory[i], 1, rows, hidden);
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public StepModel.State spread(int newRows) {
        if (rows != 1) {
            throw new IllegalArgumentException("a state of " + rows + " rows cannot be spread over " + newRows);
        }
        HeardNotes[] copies = new HeardNotes[heard.length == 0 ? 0 : newRows];
        Arrays.setAll(copies, row -> heard[0].copy());
        try {
            int hidden = memory[current].capacity();
            StepState wide = new StepState(newRows, hidden, copies);
            for (int row = 0; row < newRows; row++) {
                read(wide.memory[wide.current], wide.memory[wide.current + 2], row * hidden);
            }
            return wide;
        } catch (OrtException e) {
            throw new EngineException("no state for " + newRows + " rows", e);
        }
    }

    OnnxTensor h() {
        return tensors[current];
    }

    OnnxTensor c() {
        return tensors[current + 2];
    }

    OnnxTensor nextH() {
        return tensors[1 - current];
    }

    OnnxTensor nextC() {
        return tensors[3 - current];
    }

    void advance() {
        current = 1 - current;
    }

    /** Copies what the next run reads into a batch's memory. */
    void read(FloatBuffer h, FloatBuffer c, int at) {
        h.put(at, memory[current], 0, memory[current].capacity());
        c.put(at, memory[current + 2], 0, memory[current + 2].capacity());
    }

    /** Takes over what a batch's run wrote. */
    void write(FloatBuffer h, FloatBuffer c, int at) {
        memory[current].put(0, h, at, memory[current].capacity());
        memory[current + 2].put(0, c, at, memory[current + 2].capacity());
    }

    /** By row, what was played; empty for a kind that does not ask. */
    HeardNotes[] heard() {
        return heard;
    }

    /** The buffers for so many steps: those of the run before if it had as many. */
    StepBuffers buffers(int steps, List<TensorSpec> in, List<TensorSpec> out) throws OrtException {
        StepBuffers last = buffers;
        if (last != null && last.steps == steps) {
            return last;
        }
        if (last != null) {
            buffers = null;
            last.close();
        }
        StepBuffers fresh = new StepBuffers(steps, rows, in, out, HELD);
        buffers = fresh;
        return fresh;
    }

    @Override
    public void close() {
        for (OnnxTensor tensor : tensors) {
            tensor.close();
        }
        if (buffers != null) {
            buffers.close();
            buffers = null;
        }
    }
}
