package dev.cadenza.exporter.score;

import dev.cadenza.exporter.graph.PerformerGraph;
import dev.cadenza.exporter.graph.PerformerWeights;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.network.PerformerNetwork;
import dev.cadenza.exporter.network.UntranslatableNetworkException;
import dev.cadenza.generation.StepModel;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.onnx.GraphModels;
import dev.cadenza.onnx.GraphRejectedException;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A performer's checkpoint as the float32 graph that an export would publish, in memory alone.
 *
 * @param model closed with this
 */
record CheckpointModel(GraphSession graph, StepModel model) implements AutoCloseable {
    /**
     * Opens one.
     *
     * @throws CheckpointFormatException when the file is no checkpoint
     * @throws UntranslatableNetworkException when its network is no performer
     */
    static CheckpointModel open(Path checkpoint)
            throws IOException, CheckpointFormatException, UntranslatableNetworkException {
        PerformerWeights weights =
                PerformerNetwork.weights(Checkpoint.read(checkpoint).network());
        PerformerEncoding encoding = PerformerEncoding.STANDARD;
        byte[] model = PerformerGraph.write(weights, WeightFormat.FP32, encoding, "checkpoint", Map.of());
        try {
            GraphSession graph = GraphSession.open(model);
            return new CheckpointModel(
                    graph, GraphModels.performer(graph, weights.kind(), weights.hidden(), encoding, true));
        } catch (GraphRejectedException e) {
            throw new IllegalStateException("our own graph must load", e);
        }
    }

    @Override
    public void close() {
        model.close();
        graph.close();
    }
}
