package dev.cadenza.model;

import static dev.cadenza.model.TensorSpec.FLOAT32;
import static dev.cadenza.model.TensorSpec.INT32;

import dev.cadenza.notematrix.Recall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of model that this runtime can play, with the tensors that a graph of the kind has.
 *
 * <p>All kinds but {@link #ROLL} are next-note functions: the previous note in, the next note out, state in and state out.
 */
public enum ModelKind {
    /** One LSTM that regresses to the next row of the note matrix; played as a Gaussian around that row. */
    PAPER("paper") {
        @Override
        public List<TensorSpec> inputs(int hidden) {
            return List.of(
                    TensorSpec.of("note", INT32, "seq", "batch", 4),
                    TensorSpec.of("forced", INT32, "seq", "batch", 4),
                    TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                    TensorSpec.of("c", FLOAT32, 1, "batch", hidden),
                    TensorSpec.of("noise", FLOAT32, "seq", "batch", 3),
                    TensorSpec.of("temperature", FLOAT32, "batch"));
        }

        @Override
        public List<TensorSpec> outputs(int hidden) {
            return List.of(
                    TensorSpec.of("next", INT32, "seq", "batch", 4),
                    TensorSpec.of("mean", FLOAT32, "seq", "batch", 3),
                    TensorSpec.of("logp", FLOAT32, "seq", "batch", 3),
                    TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                    TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden));
        }
    },

    /**
     * One LSTM under four categorical heads in a chain: interval, pitch, velocity, duration; knows which keys sound. 372
     * is 124 classes of intervals, 88 keys, 32 classes of velocities, 124 classes of durations and 4 copies.
     */
    PERFORMER("performer") {
        @Override
        public List<TensorSpec> inputs(int hidden) {
            return performerInputs(hidden, List.of());
        }

        @Override
        public List<TensorSpec> outputs(int hidden) {
            return performerOutputs(hidden);
        }
    },

    /** The same, that is also told what followed an earlier passage like the last notes: {@link Recall#write}. */
    RECALLING_PERFORMER("performer") {
        @Override
        public List<TensorSpec> inputs(int hidden) {
            return performerInputs(hidden, List.of(TensorSpec.of(RECALL, INT32, "seq", "batch", Recall.WIDTH)));
        }

        @Override
        public List<TensorSpec> outputs(int hidden) {
            return performerOutputs(hidden);
        }
    },

    /**
     * A piano-roll model: which of 88 keys sound in the next step, each drawn given the keys below it. A step is no note:
     * {@code dev.cadenza.onnx} plays it as notes. Its state is as wide as all its LSTMs of one row together.
     */
    ROLL("roll") {
        @Override
        public List<TensorSpec> inputs(int hidden) {
            return List.of(
                    TensorSpec.of("roll", INT32, "seq", "batch", 88),
                    TensorSpec.of("forced", INT32, "seq", "batch", 88),
                    TensorSpec.of("position", INT32, "seq", "batch"),
                    TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                    TensorSpec.of("c", FLOAT32, 1, "batch", hidden),
                    TensorSpec.of("uniform", FLOAT32, "seq", "batch", 88),
                    TensorSpec.of("temperature", FLOAT32, "batch"));
        }

        @Override
        public List<TensorSpec> outputs(int hidden) {
            return List.of(
                    TensorSpec.of("next", INT32, "seq", "batch", 88),
                    TensorSpec.of("logp", FLOAT32, "seq", "batch", 88),
                    TensorSpec.of("logits", FLOAT32, "seq", "batch", 88),
                    TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                    TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden));
        }
    };

    /** The input that tells the two performers apart. */
    public static final String RECALL = "recall";

    private final String id;

    ModelKind(String id) {
        this.id = id;
    }

    /** The kind's name in files, such as {@code paper}. */
    public String id() {
        return id;
    }

    /** The graph's inputs, in order, for an LSTM of {@code hidden} units. */
    public abstract List<TensorSpec> inputs(int hidden);

    /** The graph's outputs, in order, for an LSTM of {@code hidden} units. */
    public abstract List<TensorSpec> outputs(int hidden);

    private static List<TensorSpec> performerInputs(int hidden, List<TensorSpec> more) {
        List<TensorSpec> inputs = new ArrayList<>(List.of(
                TensorSpec.of("note", INT32, "seq", "batch", 4),
                TensorSpec.of("forced", INT32, "seq", "batch", 4),
                TensorSpec.of("keys", INT32, "seq", "batch", 88, 3),
                TensorSpec.of("ends", INT32, "seq", "batch", 3),
                TensorSpec.of("controls", FLOAT32, "seq", "batch", 17),
                TensorSpec.of("h", FLOAT32, 1, "batch", hidden),
                TensorSpec.of("c", FLOAT32, 1, "batch", hidden),
                TensorSpec.of("noise", FLOAT32, "seq", "batch", 372),
                TensorSpec.of("uniform", FLOAT32, "seq", "batch", 3),
                TensorSpec.of("temperature", FLOAT32, "batch"),
                TensorSpec.of("top_p", FLOAT32, "batch"),
                TensorSpec.of("min_p", FLOAT32, "batch"),
                TensorSpec.of("bias", FLOAT32, "batch", 372)));
        inputs.addAll(more);
        return List.copyOf(inputs);
    }

    private static List<TensorSpec> performerOutputs(int hidden) {
        return List.of(
                TensorSpec.of("next", INT32, "seq", "batch", 4),
                TensorSpec.of("logp", FLOAT32, "seq", "batch", 4),
                TensorSpec.of("logits", FLOAT32, "seq", "batch", 372),
                TensorSpec.of("keys_next", INT32, "seq", "batch", 88, 3),
                TensorSpec.of("ends_next", INT32, "seq", "batch", 3),
                TensorSpec.of("h_next", FLOAT32, 1, "batch", hidden),
                TensorSpec.of("c_next", FLOAT32, 1, "batch", hidden));
    }

    /** Outputs that a golden piece may hold. */
    public List<String> golden() {
        return this == PAPER
                ? List.of("mean", "logp", "h_next", "c_next")
                : List.of("logits", "logp", "h_next", "c_next");
    }

    /** Whether it is a performer, which knows which keys sound. */
    public boolean performs() {
        return this == PERFORMER || this == RECALLING_PERFORMER;
    }

    /** Whether it is told what an earlier passage went on with. */
    public boolean recalls() {
        return this == RECALLING_PERFORMER;
    }

    /**
     * Whether a graph of the kind may give a row other bits in another batch: quantised weights do, and a piano roll's rows
     * are stepped one by one anyway.
     */
    public boolean mayDependOnBatch() {
        return this != PAPER;
    }

    /**
     * The kind of that name, if this runtime knows it.
     *
     * @param inputs names of what the graph gets, which tell kinds of one name apart
     */
    public static Optional<ModelKind> of(String id, Collection<String> inputs) {
        boolean recalls = inputs.contains(RECALL);
        for (ModelKind kind : values()) {
            if (kind.id.equals(id) && (!kind.performs() || kind.recalls() == recalls)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
