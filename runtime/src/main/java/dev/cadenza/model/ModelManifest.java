package dev.cadenza.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code manifest.json} says of a version. Its JSON has the same names in snake case.
 *
 * @param format of the manifest and its files; this runtime knows {@link #FORMAT}
 * @param kind see {@link ModelKind}
 * @param created an instant, ISO 8601 in UTC
 * @param files every file of the version but the manifest, by name
 * @param inputs the graph's inputs, in order
 * @param outputs the graph's outputs, in order
 * @param encoding what the numbers of a note mean, also in the graph's own metadata
 * @param metrics figures measured on held-out data
 * @param provenance data, preset, seed, versions of the tools
 * @param opset the ONNX operator set of the graph
 * @param batchInvariant whether a row's result is the same bits in a batch of any size
 */
public record ModelManifest(
        int format,
        String kind,
        String created,
        SortedMap<String, FileEntry> files,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        ObjectNode encoding,
        ObjectNode metrics,
        ObjectNode provenance,
        Licence licence,
        int opset,
        boolean batchInvariant) {
    public static final int FORMAT = 1;

    public ModelManifest {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        encoding = encoding.deepCopy();
        metrics = metrics.deepCopy();
        provenance = provenance.deepCopy();
    }

    /** A copy. */
    @Override
    public ObjectNode encoding() {
        return encoding.deepCopy();
    }

    /** A copy. */
    @Override
    public ObjectNode metrics() {
        return metrics.deepCopy();
    }

    /** A copy. */
    @Override
    public ObjectNode provenance() {
        return provenance.deepCopy();
    }

    /** The same manifest for these files. */
    public ModelManifest withFiles(Map<String, FileEntry> newFiles) {
        return new ModelManifest(
                format,
                kind,
                created,
                new TreeMap<>(newFiles),
                inputs,
                outputs,
                encoding,
                metrics,
                provenance,
                licence,
                opset,
                batchInvariant);
    }

    /** What {@link #kind} names, if it is on the class path. */
    public Optional<ModelKind> modelKind() {
        return ModelKind.of(kind);
    }

    /** Units of the LSTM: the last dimension of the input {@code h}, or 0 if there is no such input. */
    public int hidden() {
        return GraphSignature.hidden(inputs);
    }

    /**
     * Reads {@code manifest.json}.
     *
     * @throws IOException if it is not JSON, or a field is missing, has the wrong type or an impossible value
     */
    static ModelManifest parse(byte[] json) throws IOException {
        return ModelJson.MAPPER.readValue(json, ModelManifest.class);
    }

    byte[] toJson() {
        try {
            return (ModelJson.MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest can always be written", e);
        }
    }
}
