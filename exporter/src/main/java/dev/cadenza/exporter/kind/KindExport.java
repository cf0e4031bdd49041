package dev.cadenza.exporter.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.onnx.GraphKind;
import dev.cadenza.onnx.GraphSession;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network of one kind on its way into a graph. */
public interface KindExport {
    GraphKind kind();

    /** The tensors of its graph. */
    GraphSignature signature();

    /** Numbers that training set. */
    long parameters();

    /** The encoding as manifest and graph have it. */
    ObjectNode encoding();

    /** Whether a row has the same bits in a batch of any size. */
    boolean batchInvariant();

    /** Whether {@link #model} can be measured by what it makes of a corpus. */
    boolean measured();

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

    /** What the card of the version says of the kind and of the proof. */
    CardText card(String name, ModelManifest manifest, Proof proof);
}
