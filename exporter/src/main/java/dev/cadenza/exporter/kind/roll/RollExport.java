package dev.cadenza.exporter.kind.roll;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.JarVersion;
import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.GoldenTune;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.onnx.GoldenReplay;
import dev.cadenza.onnx.GraphKind;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.RollKind;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.roll.RollArchitecture;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network of kind {@code roll}. */
final class RollExport implements KindExport {
    /** The golden tune's eighths are steps. */
    private static final int GOLDEN_STEPS_PER_SECOND = 4;

    private final MultiLayerNetwork network;
    private final RollEncoding encoding;
    private final ParityRows rows;
    private final RollWeights weights;

    RollExport(MultiLayerNetwork network, CheckpointInfo info, ParityRows rows) throws UntranslatableNetworkException {
        this.network = network;
        this.rows = rows;
        encoding = RollEncoding.fromJson(info.encoding());
        weights = RollNetwork.weights(RollArchitecture.of(encoding.architecture()), network);
    }

    @Override
    public GraphKind kind() {
        return new RollKind();
    }

    @Override
    public GraphSignature signature() {
        return RollKind.signature(weights.state());
    }

    @Override
    public long parameters() {
        return weights.parameters();
    }

    @Override
    public ObjectNode encoding() {
        return encoding.toJson();
    }

    /** Rows are stepped one by one, so this need not be measured. */
    @Override
    public boolean batchInvariant() {
        return false;
    }

    @Override
    public boolean measured() {
        return false;
    }

    @Override
    public byte[] graph(Map<String, String> metadata) {
        return RollGraph.write(weights, signature(), JarVersion.cadenza(), metadata);
    }

    @Override
    public Proof prove(GraphSession graph) throws ExportRefusedException {
        return new Proof(RollParity.prove(network, weights.architecture(), graph, weights.state(), rows), null);
    }

    @Override
    public StepModel model(GraphSession graph) {
        return RollKind.model(graph, signature(), encoding);
    }

    @Override
    public Golden golden(GraphSession graph) {
        return GoldenReplay.record(
                graph,
                kind(),
                signature(),
                GoldenTune.notes(GOLDEN_STEPS_PER_SECOND).rows(),
                signature().golden(),
                Golden.Tolerance.EXPORT);
    }

    @Override
    public CardText card(String name, ModelManifest manifest, Proof proof) {
        return RollCard.text(name, manifest, encoding, parameters(), proof.parity());
    }
}
