package dev.cadenza.exporter.publish;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.generation.step.Player;
import dev.cadenza.onnx.GraphRejectedException;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A checkpoint as the float32 graph that an export would publish, in memory alone.
 *
 * @param model closed with this
 */
public record CheckpointModel(GraphSession graph, Player model) implements AutoCloseable {
    /**
     * Opens one.
     *
     * @throws CheckpointFormatException when the file is not a checkpoint
     * @throws UntranslatableNetworkException when its network has no translation
     * @throws ExportRefusedException when its kind is unknown
     */
    public static CheckpointModel open(Path checkpoint)
            throws IOException, CheckpointFormatException, UntranslatableNetworkException, ExportRefusedException {
        KindExport kind = Kinds.open(Checkpoint.read(checkpoint), WeightFormat.FP32);
        try {
            GraphSession graph = GraphSession.open(kind.graph(Map.of()));
            return new CheckpointModel(graph, Player.onCallersThread(kind.model(graph)));
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
