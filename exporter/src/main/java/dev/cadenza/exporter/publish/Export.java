package dev.cadenza.exporter.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.OnnxOperator;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.exporter.kind.RoundingLoss;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.Licence;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.onnx.GraphRejectedException;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
     * How a checkpoint is published.
     *
     * @param weights one of those that the kind has: {@link KindExporter#weights}
     * @param withCheckpoint whether the version holds what training can go on from
     * @param measures of the file itself, for manifest and card; null for none
     */
    public record Options(
            WeightFormat weights,
            boolean withCheckpoint,
            @Nullable FileMeasures measures) {
        /** Weights as they are, for playing alone. */
        public static final Options PLAIN = new Options(WeightFormat.FP32, false);

        /** Without measures of the file. */
        public Options(WeightFormat weights, boolean withCheckpoint) {
            this(weights, withCheckpoint, null);
        }
    }

    /** What a finished graph is measured by. */
    public interface FileMeasures {
        /**
         * Measures a model that runs the graph.
         *
         * @return {@code nll_nats_per_note} on the validation split, and what else is to be published
         */
        ObjectNode measure(Player model);
    }

    /**
     * Exports a checkpoint.
     *
     * @param name of the model
     * @throws UntranslatableNetworkException if something in the network has no translation
     * @throws ExportRefusedException if DL4J and ONNX Runtime differ, rounded weights lose too much, or the checkpoint
     *     lacks something
     * @throws ModelRefusedException if the finished version would be refused by a server
     */
    public ExportReport export(String name, Checkpoint checkpoint, Options options)
            throws IOException, UntranslatableNetworkException, ExportRefusedException, ModelRefusedException {
        KindExport kind = Kinds.open(checkpoint, options.weights());
        ObjectNode provenance = checkpoint.info().provenance().deepCopy();
        ObjectNode exporter = provenance.putObject("exporter");
        ToolVersions.all().forEach(exporter::put);
        exporter.put("weights", options.weights().id());
        Licence licence = DataLicence.of(provenance);
        byte[] model = kind.graph(metadata(kind, provenance, licence));
        try (GraphSession graph = GraphSession.open(model)) {
            KindExport.Proof proof = kind.prove(graph);
            ModelManifest manifest = new ModelManifest(
                    ModelManifest.FORMAT,
                    kind.kind().id(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                    new TreeMap<>(),
                    kind.signature().inputs(),
                    kind.signature().outputs(),
                    kind.encoding(),
                    metrics(kind, checkpoint.info().metrics(), graph, options.measures()),
                    provenance,
                    licence,
                    OnnxOperator.OPSET,
                    kind.batchInvariant());
            Map<String, byte[]> files = new HashMap<>();
            files.put(VerifiedVersion.MODEL, model);
            files.put(VerifiedVersion.GOLDEN, kind.golden(graph).toJson());
            String card = ModelCard.text(name, manifest, kind.card(name, manifest, proof));
            files.put(VerifiedVersion.CARD, card.getBytes(StandardCharsets.UTF_8));
            if (options.withCheckpoint()) {
                files.put(PublishedCheckpoint.FILE, PublishedCheckpoint.bytes(checkpoint));
            }
            return new ExportReport(
                    models.publish(name, manifest, files, Export::load),
                    options.weights(),
                    kind.parameters(),
                    model.length,
                    proof.parity(),
                    proof.rounded());
        } catch (GraphRejectedException e) {
            throw new IllegalStateException("our own graph must load", e);
        }
    }

    /** The checkpoint's figures, and under {@code file} those of the graph. */
    private static ObjectNode metrics(
            KindExport kind, ObjectNode trained, GraphSession graph, @Nullable FileMeasures measures)
            throws ExportRefusedException {
        ObjectNode metrics = trained.deepCopy();
        if (measures == null) {
            return metrics;
        }
        if (!kind.measured()) {
            throw new ExportRefusedException(
                    "a file of kind " + kind.kind().id() + " is not measured: leave --data out");
        }
        Player model = Player.onCallersThread(kind.model(graph));
        ObjectNode file = measures.measure(model);
        metrics.set("file", file);
        double before = trained.path("validation").path("nll_nats_per_note").asDouble(Double.NaN);
        double now = file.path("nll_nats_per_note").asDouble(Double.NaN);
        if (now > before * (1 + RoundingLoss.MOST)) {
            throw new ExportRefusedException(
                    "the file takes " + now + " nats per note on the validation split where the" + " checkpoint takes "
                            + before + ": more than 1 % is lost");
        }
        return metrics;
    }

    private static Map<String, String> metadata(KindExport kind, ObjectNode provenance, Licence licence) {
        ObjectNode terms = JsonNodeFactory.instance.objectNode();
        terms.put("id", licence.id()).put("text", licence.text()).put("attribution", licence.attribution());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("cadenza.format", Integer.toString(ModelManifest.FORMAT));
        metadata.put("cadenza.kind", kind.kind().id());
        metadata.put("cadenza.encoding", kind.encoding().toString());
        metadata.put("cadenza.provenance", provenance.toString());
        metadata.put("cadenza.licence", terms.toString());
        return metadata;
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
