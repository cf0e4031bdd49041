package dev.cadenza.model;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A kind of model, as a manifest names it. Kinds are found by {@link ServiceLoader}: a kind is added by a class and a line
 * in {@code META-INF/services/dev.cadenza.model.ModelKind}. What this package has to know of a kind stands here; how its
 * graph is played is said by {@code dev.cadenza.onnx.GraphKind}, which every kind that is listed implements.
 */
public interface ModelKind {
    /** The kind's name in files, such as {@code paper}. */
    String id();

    /**
     * The tensors that a version with this manifest must have.
     *
     * @param manifest whose state has at least one number
     */
    GraphSignature signature(ModelManifest manifest);

    /** Whether a graph of the kind may give a row other bits in another batch, as quantised weights do. */
    default boolean mayDependOnBatch() {
        return true;
    }

    /** Whether it chooses among classes, and so can be kept in a key or asked for a density. */
    default boolean isSteerable() {
        return false;
    }

    /** The kind of that name, if it is on the class path. */
    static Optional<ModelKind> of(String id) {
        return Known.KINDS.stream().filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** All kinds on the class path, looked up once. */
    final class Known {
        private static final List<ModelKind> KINDS =
                ServiceLoader.load(ModelKind.class, ModelKind.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Known() {}
    }
}
