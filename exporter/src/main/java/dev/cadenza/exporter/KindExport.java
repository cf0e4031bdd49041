package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.network.UntranslatableNetworkException;
import dev.cadenza.generation.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network of one kind on its way into a graph. */
public interface KindExport {
    ModelKind kind();

    /** Units of the LSTM. */
    int hidden();

    /** Numbers that training set. */
    long parameters();

    /** The encoding as manifest and graph have it. */
    ObjectNode encoding();

    /** Whether a row has the same bits in a batch of any size. */
    boolean batchInvariant();

    /**
     * The bytes of model.onnx.
     *
     * @param metadata goes into the file as it is
     */
    byte[] graph(Map<String, String> metadata);

    /**
     * That the graph is the network.
     *
     * @param rounded what rounded weights cost; null where they are as trained
     */
    record Proof(Parity parity, @Nullable RoundingLoss rounded) {}

    /**
     * Proves that the graph computes what DL4J computes.
     *
     * @throws ExportRefusedException if it does not, or there is nothing to prove it on
     */
    Proof prove(GraphSession graph) throws ExportRefusedException;

    /** The graph as a model to play. */
    StepModel model(GraphSession graph);

    /** What the graph answers to the golden piece. */
    Golden golden(GraphSession graph);

    /**
     * A checkpoint's.
     *
     * @throws UntranslatableNetworkException if something in the network has no translation
     * @throws ExportRefusedException if the kind is unknown, has no such weights, or the checkpoint lacks something
     */
    static KindExport of(Checkpoint checkpoint, WeightFormat weights)
            throws UntranslatableNetworkException, ExportRefusedException {
        CheckpointInfo info = checkpoint.info();
        if (weights != WeightFormat.FP32 && !info.kind().equals(CheckpointInfo.PERFORMER)) {
            throw new ExportRefusedException("weights (" + weights.id() + ") of kind " + info.kind() + " must be fp32");
        }
        return switch (info.kind()) {
            case CheckpointInfo.PAPER -> new PaperExport(checkpoint.network(), info, checkpoint.parity());
            case CheckpointInfo.PERFORMER ->
                new PerformerExport(checkpoint.network(), info, checkpoint.parity(), weights);
            case CheckpointInfo.ROLL -> new RollExport(checkpoint.network(), info, checkpoint.parity());
            default ->
                throw new ExportRefusedException(
                        "the checkpoint's kind (" + info.kind() + ") must be one of paper, performer, roll");
        };
    }

    /** The text that goes with the version. */
    String card(String name, ModelManifest manifest, Proof proof);
}
