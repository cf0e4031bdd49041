package dev.cadenza.exporter.kind.paper;

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
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.onnx.GoldenReplay;
import dev.cadenza.onnx.GraphKind;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.PaperKind;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network of kind {@code paper}. */
final class PaperExport implements KindExport {
    private final MultiLayerNetwork network;
    private final PaperEncoding encoding;
    private final ParityRows rows;
    private final PaperWeights weights;

    PaperExport(MultiLayerNetwork network, CheckpointInfo info, ParityRows rows) throws UntranslatableNetworkException {
        this.network = network;
        this.rows = rows;
        encoding = PaperEncoding.fromJson(info.encoding());
        weights = PaperNetwork.weights(network);
    }

    @Override
    public GraphKind kind() {
        return new PaperKind();
    }

    @Override
    public GraphSignature signature() {
        return PaperKind.signature(weights.hidden());
    }

    @Override
    public long parameters() {
        return weights.parameters();
    }

    @Override
    public ObjectNode encoding() {
        return (ObjectNode) encoding.toJson();
    }

    @Override
    public boolean batchInvariant() {
        return true;
    }

    @Override
    public boolean measured() {
        return false;
    }

    @Override
    public byte[] graph(Map<String, String> metadata) {
        return PaperGraph.write(weights, signature(), encoding, JarVersion.cadenza(), metadata);
    }

    @Override
    public Proof prove(GraphSession graph) throws ExportRefusedException {
        return new Proof(PaperParity.prove(network, graph, encoding, weights.hidden(), rows), null);
    }

    @Override
    public StepModel model(GraphSession graph) {
        return PaperKind.model(graph, signature(), encoding);
    }

    @Override
    public Golden golden(GraphSession graph) {
        return GoldenReplay.record(
                graph,
                kind(),
                signature(),
                GoldenTune.notes(encoding.ticksPerSecond()).rows(),
                signature().golden(),
                Golden.Tolerance.EXPORT);
    }

    @Override
    public CardText card(String name, ModelManifest manifest, Proof proof) {
        return PaperCard.text(name, manifest, parameters(), proof.parity());
    }
}
