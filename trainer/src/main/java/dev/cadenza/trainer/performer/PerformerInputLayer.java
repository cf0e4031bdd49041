package dev.cadenza.trainer.performer;

import dev.cadenza.trainer.network.FloatLoops;
import dev.cadenza.trainer.network.NativeFloats;
import dev.cadenza.trainer.network.StepRows;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's side of {@link PerformerInput}. Single precision; one thread. */
final class PerformerInputLayer extends BaseLayer<PerformerInput> {
    private static final long serialVersionUID = 1;
    private static final int EMBEDDED = PerformerInput.EMBEDDED;

    /** Class ids of the last pass forward [steps x rows, 4]. */
    private transient int[] ids = {};

    PerformerInputLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        if (dataType != DataType.FLOAT) {
            throw new IllegalArgumentException("data type of a performer (" + dataType + ") must be FLOAT");
        }
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        return activate(training, workspaces);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        int rows = Math.toIntExact(input.size(0));
        int steps = Math.toIntExact(input.size(2));
        int columns = PerformerColumns.FEATURES;
        int width = width();
        int plain = width - EMBEDDED;
        float[] from = StepRows.read(input, columns);
        float[][] tables = new float[PerformerInput.EMBEDDINGS.size()][];
        for (int table = 0; table < tables.length; table++) {
            tables[table] = NativeFloats.of(getParam(PerformerInput.EMBEDDINGS.get(table)));
        }
        ids = new int[steps * rows * tables.length];
        float[] to = new float[steps * rows * width];
        float[] block = new float[rows * width];
        float[] turned = new float[rows * width];
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < rows; row++) {
                int source = (step * rows + row) * columns;
                int target = row * width;
                for (int table = 0; table < tables.length; table++) {
                    int id = (int) from[source + table];
                    ids[(step * rows + row) * tables.length + table] = id;
                    int own = PerformerInput.WIDTHS[table];
                    System.arraycopy(tables[table], id * own, block, target, own);
                    target += own;
                }
                System.arraycopy(from, source + PerformerColumns.SCALARS, block, target, plain);
            }
            // What FusedLstm reads without a copy: a step's block is [columns][rows].
            FloatLoops.transpose(block, rows, width, turned);
            System.arraycopy(turned, 0, to, step * rows * width, turned.length);
        }
        INDArray result =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, new long[] {rows, width, steps}, 'f');
        NativeFloats.put(to, result);
        return result;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        int rows = Math.toIntExact(epsilon.size(0));
        int steps = Math.toIntExact(epsilon.size(2));
        int tables = PerformerInput.EMBEDDINGS.size();
        float[][] gradients = new float[tables][];
        for (int table = 0; table < tables; table++) {
            gradients[table] = new float[PerformerInput.ROWS[table] * PerformerInput.WIDTHS[table]];
        }
        int width = width();
        INDArray blocks = epsilon.ordering() == 'f' && epsilon.stride(0) == 1 ? epsilon : epsilon.dup('f');
        float[] block = new float[rows * EMBEDDED];
        for (int step = 0; step < steps; step++) {
            NativeFloats.get(blocks, (long) step * rows * width, block, block.length);
            for (int row = 0; row < rows; row++) {
                int column = 0;
                for (int table = 0; table < tables; table++) {
                    int own = PerformerInput.WIDTHS[table];
                    int at = ids[(step * rows + row) * tables + table] * own;
                    for (int k = 0; k < own; k++) {
                        gradients[table][at + k] += block[row + rows * column++];
                    }
                }
            }
        }
        Gradient gradient = new DefaultGradient();
        for (int table = 0; table < tables; table++) {
            String key = PerformerInput.EMBEDDINGS.get(table);
            INDArray view = Objects.requireNonNull(gradientViews.get(key), key);
            NativeFloats.put(gradients[table], view);
            gradient.setGradientFor(key, view);
        }
        Arrays.fill(ids, 0);
        return new Pair<>(gradient, null);
    }

    private int width() {
        return Math.toIntExact(layerConf().getNOut());
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArray(
            @Nullable INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
        return maskArray == null ? null : new Pair<>(maskArray, currentMaskState);
    }
}
