package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.PaperGraph;
import dev.cadenza.exporter.graph.PaperWeights;
import dev.cadenza.exporter.network.PaperNetwork;
import dev.cadenza.exporter.network.UntranslatableNetworkException;
import dev.cadenza.model.Golden;
import dev.cadenza.model.Licence;
import dev.cadenza.model.ModelKind;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.onnx.DeviceChoice;
import dev.cadenza.onnx.DeviceUnavailableException;
import dev.cadenza.onnx.GoldenReplay;
import dev.cadenza.onnx.GraphRejectedException;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Makes a published version of a trained network: graph, proof, golden piece, card, manifest. Nothing is visible in the
 * models folder before all of it has succeeded.
 */
public final class Export {
    private final ModelRepository models;
    private final Clock clock;

    /**
     * An export into that repository.
     *
     * @param clock gives the version its date
     */
    public Export(ModelRepository models, Clock clock) {
        this.models = models;
        this.clock = clock;
    }

    /**
     * Exports a network of kind {@code paper}.
     *
     * @param name of the model
     * @param rows real validation rows to prove the export on; they are not published
     * @throws UntranslatableNetworkException if something in the network has no translation
     * @throws ExportRefusedException if DL4J and ONNX Runtime differ, or the checkpoint lacks something
     * @throws ModelRefusedException if the finished version would be refused by a server
     */
    public ExportReport export(String name, MultiLayerNetwork network, CheckpointInfo info, ParityRows rows)
            throws IOException, UntranslatableNetworkException, ExportRefusedException, ModelRefusedException {
        ModelKind kind = ModelKind.of(info.kind())
                .orElseThrow(() ->
                        new ExportRefusedException("the checkpoint's kind (" + info.kind() + ") must be one of paper"));
        PaperWeights weights = PaperNetwork.weights(network);
        ObjectNode provenance = info.provenance().deepCopy();
        ObjectNode exporter = provenance.putObject("exporter");
        ToolVersions.all().forEach(exporter::put);
        Licence licence = DataLicence.of(provenance);
        byte[] model = PaperGraph.write(
                weights,
                info.paperEncoding(),
                ToolVersions.cadenza(),
                metadata(kind, info.paperEncoding(), provenance, licence));
        try (GraphSession graph = GraphSession.open(model)) {
            Parity parity = Parity.prove(network, graph, info.paperEncoding(), weights.hidden(), rows);
            Golden golden = golden(graph, info.paperEncoding(), weights.hidden());
            ModelManifest manifest = new ModelManifest(
                    ModelManifest.FORMAT,
                    kind.id(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                    new TreeMap<>(),
                    kind.inputs(weights.hidden()),
                    kind.outputs(weights.hidden()),
                    (ObjectNode) info.paperEncoding().toJson(),
                    info.metrics(),
                    provenance,
                    licence,
                    PaperGraph.OPSET,
                    true);
            String card = ModelCard.paper(name, manifest, info.metrics(), weights.parameters(), parity);
            Map<String, byte[]> files = Map.of(
                    VerifiedVersion.MODEL, model,
                    VerifiedVersion.GOLDEN, golden.toJson(),
                    VerifiedVersion.CARD, card.getBytes(StandardCharsets.UTF_8));
            return new ExportReport(
                    models.publish(name, manifest, files, Export::load), weights.parameters(), model.length, parity);
        } catch (GraphRejectedException e) {
            throw new IllegalStateException("our own graph must load", e);
        }
    }

    private static Map<String, String> metadata(
            ModelKind kind, PaperEncoding encoding, ObjectNode provenance, Licence licence) {
        ObjectNode terms = JsonNodeFactory.instance.objectNode();
        terms.put("id", licence.id()).put("text", licence.text()).put("attribution", licence.attribution());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("cadenza.format", Integer.toString(ModelManifest.FORMAT));
        metadata.put("cadenza.kind", kind.id());
        metadata.put("cadenza.encoding", encoding.toJson().toString());
        metadata.put("cadenza.provenance", provenance.toString());
        metadata.put("cadenza.licence", terms.toString());
        return metadata;
    }

    private static Golden golden(GraphSession graph, PaperEncoding encoding, int hidden) {
        return GoldenReplay.record(
                graph,
                ModelKind.PAPER,
                GoldenTune.notes(encoding.ticksPerSecond()).rows(),
                hidden,
                ModelKind.PAPER.golden(),
                Golden.Tolerance.EXPORT);
    }

    /** What a server does with a version before it serves it. */
    private static void load(VerifiedVersion staged) throws ModelRefusedException {
        try {
            LoadedVersion.load(staged, DeviceChoice.CPU).close();
        } catch (DeviceUnavailableException e) {
            throw new IllegalStateException("there is always a CPU", e);
        }
    }
}
