package dev.cadenza.trainer.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A kind of model, as far as its checkpoints go. A kind registers itself by a line in {@code
 * META-INF/services/dev.cadenza.trainer.checkpoint.CheckpointKind}. Stateless.
 */
public interface CheckpointKind {
    /** Its name in checkpoints and manifests. */
    String id();

    /**
     * Checks that an encoding is one of this kind.
     *
     * @throws IllegalArgumentException when it is not
     */
    void requireEncoding(ObjectNode encoding);

    /**
     * Whether a network of this kind and encoding has these layers.
     *
     * @param layers in order, at least one
     */
    boolean fits(ObjectNode encoding, List<Layer> layers);

    /** All kinds, in the order of the files that register them. */
    static List<CheckpointKind> all() {
        return ServiceLoader.load(CheckpointKind.class, CheckpointKind.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The kind of that name, if it is known. */
    static Optional<CheckpointKind> of(String id) {
        return all().stream().filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** Whether the layers are one or more LSTMs, then a layer of exactly that class. */
    static boolean areLstmsThen(Class<? extends Layer> last, List<Layer> layers) {
        int lstms = layers.size() - 1;
        return lstms > 0
                && layers.get(lstms).getClass() == last
                && layers.subList(0, lstms).stream().allMatch(LSTM.class::isInstance);
    }
}
