package dev.cadenza.exporter.kind.performer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.JarVersion;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.GoldenTune;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.exporter.kind.RoundingLoss;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerNotes;
import dev.cadenza.onnx.GoldenReplay;
import dev.cadenza.onnx.GraphKind;
import dev.cadenza.onnx.GraphRejectedException;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.PerformerKind;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network of kind {@code performer}, its weights in one of several formats. */
final class PerformerExport implements KindExport {
    /** Whole numbers may round another way where sums are added up in another order. */
    private static final Golden.Tolerance INT8_TOLERANCE = new Golden.Tolerance(2e-2, 0);

    private final MultiLayerNetwork network;
    private final PerformerEncoding encoding;
    private final WeightFormat format;
    private final PerformerWeights weights;
    private final ParityRows rows;

    /** @throws ExportRefusedException if the checkpoint has another encoding */
    PerformerExport(MultiLayerNetwork network, CheckpointInfo info, ParityRows rows, WeightFormat format)
            throws UntranslatableNetworkException, ExportRefusedException {
        this.network = network;
        this.format = format;
        encoding = PerformerEncoding.fromJson(info.encoding());
        if (!encoding.equals(PerformerEncoding.STANDARD)) {
            throw new ExportRefusedException("the checkpoint's encoding (" + info.encoding() + ") must be "
                    + PerformerEncoding.STANDARD.toJson());
        }
        weights = PerformerNetwork.weights(network);
        this.rows = rows;
    }

    @Override
    public GraphKind kind() {
        return new PerformerKind();
    }

    @Override
    public GraphSignature signature() {
        return signature(weights);
    }

    /** The tensors of the graph that these weights make. */
    static GraphSignature signature(PerformerWeights weights) {
        return PerformerKind.signature(weights.hidden(), weights.recalls());
    }

    @Override
    public long parameters() {
        return weights.parameters();
    }

    @Override
    public ObjectNode encoding() {
        return encoding.toJson();
    }

    @Override
    public boolean batchInvariant() {
        return format.batchInvariant();
    }

    @Override
    public boolean measured() {
        return true;
    }

    @Override
    public byte[] graph(Map<String, String> metadata) {
        return PerformerGraph.write(weights, signature(), format, encoding, JarVersion.cadenza(), metadata);
    }

    /** Rounded weights are another network; the graph of those as trained is proved, and the loss is measured. */
    @Override
    public Proof prove(GraphSession graph) throws ExportRefusedException {
        PerformerPieces pieces = PerformerPieces.of(rows);
        if (format == WeightFormat.FP32) {
            return new Proof(PerformerParity.prove(network, graph, signature(), pieces), null);
        }
        byte[] asTrained =
                PerformerGraph.write(weights, signature(), WeightFormat.FP32, encoding, JarVersion.cadenza(), Map.of());
        try (GraphSession exact = GraphSession.open(asTrained)) {
            Parity parity = PerformerParity.prove(network, exact, signature(), pieces);
            RoundingLoss rounded = PerformerRounding.measure(exact, graph, signature(), pieces);
            rounded.require();
            return new Proof(parity, rounded);
        } catch (GraphRejectedException e) {
            throw new IllegalStateException("our own graph must load", e);
        }
    }

    @Override
    public StepModel model(GraphSession graph) {
        return PerformerKind.model(graph, signature(), encoding, batchInvariant());
    }

    @Override
    public Golden golden(GraphSession graph) {
        int[] notes =
                PerformerNotes.of(GoldenTune.notes(encoding.ticksPerSecond()).rows());
        boolean rounded = format == WeightFormat.INT8;
        return GoldenReplay.record(
                graph,
                kind(),
                signature(),
                notes,
                rounded ? List.of("logp") : signature().golden(),
                rounded ? INT8_TOLERANCE : Golden.Tolerance.EXPORT);
    }

    @Override
    public CardText card(String name, ModelManifest manifest, Proof proof) {
        return PerformerCard.text(name, manifest, format, parameters(), proof);
    }
}
