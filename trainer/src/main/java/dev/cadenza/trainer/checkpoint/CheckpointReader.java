package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads the entries of a checkpoint.
 *
 * <p>DL4J's own reader deserializes Java objects and makes classes of any name: only its JSON of a network is used, of a
 * known shape, and arrays are read here.
 */
final class CheckpointReader {
    private static final int PARITY_HEADER_BYTES = 12;
    private static final long WIDEST_LAYER = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxTokenCount(1_000_000)
                    .maxStringLength(CheckpointEntry.TRAINING.maxBytes())
                    .build())
            .build());

    private final CheckpointZip zip;
    private final NetworkNames names;

    CheckpointReader(CheckpointZip zip, NetworkNames names) {
        this.zip = zip;
        this.names = names;
    }

    /** Everything; the network last, as it costs most. */
    Checkpoint read() throws IOException, CheckpointFormatException {
        JsonNode info = json(CheckpointEntry.INFO);
        if (info.path("format").asInt() != Checkpoint.FORMAT) {
            throw new CheckpointFormatException("format (" + info.path("format") + ") of " + CheckpointEntry.INFO.file()
                    + " must be " + Checkpoint.FORMAT);
        }
        CheckpointInfo read = new CheckpointInfo(
                info.path("kind").asText(),
                object(info.path("encoding"), "encoding"),
                object(info.path("provenance"), "provenance"),
                object(info.path("metrics"), "metrics"));
        requireEncoding(read);
        ObjectNode training = object(json(CheckpointEntry.TRAINING), CheckpointEntry.TRAINING.file());
        ParityRows parity = parity(zip.bytes(CheckpointEntry.PARITY));
        return new Checkpoint(network(read), read, training, parity);
    }

    /** What can be done with an unknown kind is for those to say who use it. */
    private static void requireEncoding(CheckpointInfo info) throws CheckpointFormatException {
        try {
            CheckpointKind.of(info.kind()).ifPresent(kind -> kind.requireEncoding(info.encoding()));
        } catch (IllegalArgumentException e) {
            throw new CheckpointFormatException(
                    "encoding of " + CheckpointEntry.INFO.file() + ": " + e.getMessage(), e);
        }
    }

    private JsonNode json(CheckpointEntry entry) throws IOException, CheckpointFormatException {
        try {
            return JSON.readTree(zip.bytes(entry));
        } catch (JsonProcessingException e) {
            throw new CheckpointFormatException("entry " + entry.file() + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode object(JsonNode node, String name) throws CheckpointFormatException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new CheckpointFormatException(name + " must be a JSON object");
    }

    private static ParityRows parity(byte[] bytes) throws CheckpointFormatException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < PARITY_HEADER_BYTES) {
            throw new CheckpointFormatException(
                    "entry " + CheckpointEntry.PARITY.file() + " ends after " + bytes.length + " bytes");
        }
        int batch = buffer.getInt();
        int steps = buffer.getInt();
        int columns = buffer.getInt();
        float[] values = new float[(bytes.length - PARITY_HEADER_BYTES) / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return new ParityRows(batch, steps, columns, values);
    }

    private MultiLayerNetwork network(CheckpointInfo info) throws IOException, CheckpointFormatException {
        String json;
        try {
            json = new NetworkJson(names).toClasses(zip.bytes(CheckpointEntry.CONFIGURATION));
        } catch (CheckpointFormatException e) {
            throw new CheckpointFormatException(
                    "entry " + CheckpointEntry.CONFIGURATION.file() + ": " + e.getMessage(), e);
        }
        try {
            MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
            requireLayers(info, configuration);
            INDArray parameters = FlatArray.read(zip, CheckpointEntry.COEFFICIENTS, parameterCount(configuration));
            configuration.setDataType(DataType.FLOAT);
            MultiLayerNetwork network = new MultiLayerNetwork(configuration);
            network.init(parameters, false);
            if (zip.size(CheckpointEntry.UPDATER_STATE) >= 0) {
                Updater updater = network.getUpdater();
                INDArray state = updater.getStateViewArray();
                INDArray read = FlatArray.read(zip, CheckpointEntry.UPDATER_STATE, state == null ? 0 : state.length());
                updater.setStateViewArray(network, read, false);
            }
            return network;
        } catch (RuntimeException e) {
            throw new CheckpointFormatException("DL4J cannot restore the network: " + e.getMessage(), e);
        }
    }

    private void requireLayers(CheckpointInfo info, MultiLayerConfiguration configuration)
            throws CheckpointFormatException {
        List<Layer> layers = new ArrayList<>();
        for (NeuralNetConfiguration conf : configuration.getConfs()) {
            if (conf.getLayer() == null) {
                throw new CheckpointFormatException("layer " + layers.size() + " of the network is missing");
            }
            layers.add(conf.getLayer());
        }
        Optional<CheckpointKind> kind = CheckpointKind.of(info.kind());
        if (kind.isPresent() && !kind.get().fits(info.encoding(), layers)) {
            List<String> called = layers.stream()
                    .map(layer -> names.ofClass(layer.getClass().getName())
                            .orElseThrow()
                            .name())
                    .toList();
            throw new CheckpointFormatException("layers of the network (" + called + ") are not those of kind "
                    + info.kind() + " with the encoding of " + CheckpointEntry.INFO.file());
        }
    }

    /** How many parameters the layers have, when they are a chain whose widths fit. */
    private static long parameterCount(MultiLayerConfiguration configuration) throws CheckpointFormatException {
        List<NeuralNetConfiguration> confs = configuration.getConfs();
        List<FeedForwardLayer> layers = new ArrayList<>();
        long count = 0;
        for (NeuralNetConfiguration conf : confs) {
            if (!(conf.getLayer() instanceof FeedForwardLayer layer)) {
                throw new CheckpointFormatException("layer " + layers.size() + " of the network is missing");
            }
            requireWidth(layers.size(), layer.getNIn());
            requireWidth(layers.size(), layer.getNOut());
            if (!layers.isEmpty() && layers.get(layers.size() - 1).getNOut() != layer.getNIn()) {
                throw new CheckpointFormatException("layer " + layers.size() + " of the network reads " + layer.getNIn()
                        + " numbers, the one before gives "
                        + layers.get(layers.size() - 1).getNOut());
            }
            layers.add(layer);
            count = Math.addExact(count, layer.initializer().numParams(conf));
        }
        if (layers.isEmpty()) {
            throw new CheckpointFormatException("the network has no layer");
        }
        return count;
    }

    private static void requireWidth(int layer, long width) throws CheckpointFormatException {
        if (width < 1 || width > WIDEST_LAYER) {
            throw new CheckpointFormatException(
                    "layer " + layer + " of the network: width (" + width + ") must be in 1.." + WIDEST_LAYER);
        }
    }
}
