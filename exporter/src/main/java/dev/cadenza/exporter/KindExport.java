package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.generation.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.onnx.GraphSession;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network of one kind on its way into a graph. */
interface KindExport {
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

    /** The graph as a model to play and to score; nothing for a kind that is measured by its checkpoint alone. */
    Optional<StepModel> model(GraphSession graph);

    /** What the graph answers to the golden piece. */
    Golden golden(GraphSession graph);

    /** The text that goes with the version. */
    String card(String name, ModelManifest manifest, Proof proof);
}
