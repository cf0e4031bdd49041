package dev.cadenza.trainer.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What recurrent layers carry from one update to the next: by layer and DL4J's name, [rows, units]; empty for nothing.
 */
public record CarriedState(Map<Integer, Map<String, INDArray>> layers) {
    /** Nothing is carried. */
    public static final CarriedState NONE = new CarriedState(Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The states of shares, one below the other. */
    static CarriedState joined(List<CarriedState> shares) {
        List<CarriedState> present =
                shares.stream().filter(share -> !share.layers.isEmpty()).toList();
        if (present.isEmpty()) {
            return NONE;
        }
        return present.get(0)
                .map((layer, name, state) -> Nd4j.concat(
                        0,
                        present.stream().map(share -> share.state(layer, name)).toArray(INDArray[]::new)));
    }

    /** Rows {@code [from, to)}. */
    CarriedState rows(int from, int to) {
        return map((layer, name, state) ->
                state.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup());
    }

    /** How many rows; 0 when empty. */
    int rows() {
        return layers.values().stream()
                .flatMap(states -> states.values().stream())
                .mapToInt(state -> (int) state.size(0))
                .findFirst()
                .orElse(0);
    }

    private INDArray state(int layer, String name) {
        return Objects.requireNonNull(Objects.requireNonNull(layers.get(layer)).get(name));
    }

    /** A state made from another's. */
    private interface Change {
        INDArray of(int layer, String name, INDArray state);
    }

    private CarriedState map(Change change) {
        Map<Integer, Map<String, INDArray>> changed = new HashMap<>();
        layers.forEach((layer, states) -> {
            Map<String, INDArray> of = new HashMap<>();
            states.forEach((name, state) -> of.put(name, change.of(layer, name, state)));
            changed.put(layer, of);
        });
        return new CarriedState(changed);
    }

    /** With zeros in the rows where a sequence begins. */
    CarriedState without(boolean[] fresh) {
        float[] factors = new float[fresh.length];
        boolean any = false;
        for (int row = 0; row < fresh.length; row++) {
            factors[row] = fresh[row] ? 0f : 1f;
            any |= fresh[row];
        }
        if (!any || layers.isEmpty()) {
            return this;
        }
        INDArray keep = Nd4j.createFromArray(factors).reshape(fresh.length, 1);
        return map((layer, name, state) -> state.mulColumnVector(keep.castTo(state.dataType())));
    }

    /** As JSON: shape and little-endian float32 values, row by row, in base 64. */
    public ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        layers.forEach((layer, states) -> {
            ObjectNode of = node.putObject(Integer.toString(layer));
            states.forEach((name, state) -> {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(state.length()) * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(state.dup('c').data().asFloat());
                of.putObject(name)
                        .put("rows", state.size(0))
                        .put("units", state.size(1))
                        .put("float32", Base64.getEncoder().encodeToString(bytes.array()));
            });
        });
        return node;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static CarriedState fromJson(JsonNode node) {
        Map<Integer, Map<String, INDArray>> layers = new HashMap<>();
        node.properties().forEach(layer -> {
            Map<String, INDArray> states = new HashMap<>();
            layer.getValue().properties().forEach(state -> states.put(state.getKey(), array(state.getValue())));
            layers.put(Integer.parseInt(layer.getKey()), states);
        });
        return new CarriedState(layers);
    }

    private static INDArray array(JsonNode node) {
        int rows = node.path("rows").asInt();
        int units = node.path("units").asInt();
        byte[] bytes = Base64.getDecoder().decode(node.path("float32").asText());
        if (bytes.length != (long) rows * units * Float.BYTES) {
            throw new IllegalArgumentException("carried state has " + bytes.length + " bytes, expected " + rows + " x "
                    + units + " x " + Float.BYTES);
        }
        float[] values = new float[rows * units];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return Nd4j.create(values, new long[] {rows, units}, 'c');
    }
}
