package dev.cadenza.trainer.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names by which {@code configuration.json} may call the classes of a network's parts: an allow-list, and stable for
 * ever.
 *
 * <p>A name is what stands in published checkpoints, where it was the class' own name; it never changes. When a class is
 * moved, only the second half of its line does.
 */
final class NetworkNames {
    /** What a part is; says where in the JSON it may stand. */
    enum Kind {
        LAYER,
        ACTIVATION,
        LOSS,
        UPDATER,
        SCHEDULE,
        WEIGHT_INIT,
        DROPOUT
    }

    /**
     * One part.
     *
     * @param name on disk
     * @param className of today
     */
    record Part(Kind kind, String name, String className) {
        /** One whose class still has the name that it was first written by. */
        Part(Kind kind, String name) {
            this(kind, name, name);
        }
    }

    private static final String LEARNING = "org.nd4j.linalg.learning.config.";

    /** Fields of the JSON that hold a part. */
    private static final Map<String, Kind> FIELDS = Map.ofEntries(
            Map.entry("layer", Kind.LAYER),
            Map.entry("activationFn", Kind.ACTIVATION),
            Map.entry("gateActivationFn", Kind.ACTIVATION),
            Map.entry("lossFn", Kind.LOSS),
            Map.entry("iupdater", Kind.UPDATER),
            Map.entry("biasUpdater", Kind.UPDATER),
            Map.entry("learningRateSchedule", Kind.SCHEDULE),
            Map.entry("weightInitFn", Kind.WEIGHT_INIT),
            Map.entry("weightInitFnRecurrent", Kind.WEIGHT_INIT),
            Map.entry("idropout", Kind.DROPOUT));

    /** Of every network that Cadenza writes. */
    static final NetworkNames CADENZA = new NetworkNames(List.of(
            new Part(Kind.LAYER, "dev.cadenza.trainer.performer.PerformerInput"),
            new Part(Kind.LAYER, "dev.cadenza.trainer.performer.PerformerHeads"),
            new Part(Kind.LAYER, "dev.cadenza.trainer.lstm.FusedLstm", "dev.cadenza.trainer.network.FusedLstm"),
            new Part(Kind.LAYER, "dev.cadenza.trainer.roll.NadeHead", "dev.cadenza.trainer.roll.head.NadeHead"),
            new Part(Kind.LAYER, "dev.cadenza.trainer.roll.NoteAxisHead", "dev.cadenza.trainer.roll.head.NoteAxisHead"),
            new Part(Kind.LAYER, "org.deeplearning4j.nn.conf.layers.LSTM"),
            new Part(Kind.LAYER, "org.deeplearning4j.nn.conf.layers.RnnOutputLayer"),
            new Part(
                    Kind.SCHEDULE,
                    "dev.cadenza.trainer.performer.WarmCosine",
                    "dev.cadenza.trainer.training.WarmCosine"),
            new Part(Kind.ACTIVATION, "org.nd4j.linalg.activations.impl.ActivationIdentity"),
            new Part(Kind.ACTIVATION, "org.nd4j.linalg.activations.impl.ActivationSigmoid"),
            new Part(Kind.ACTIVATION, "org.nd4j.linalg.activations.impl.ActivationSoftmax"),
            new Part(Kind.ACTIVATION, "org.nd4j.linalg.activations.impl.ActivationTanH"),
            new Part(Kind.LOSS, "org.nd4j.linalg.lossfunctions.impl.LossMSE"),
            new Part(Kind.LOSS, "org.nd4j.linalg.lossfunctions.impl.LossMCXENT"),
            new Part(Kind.LOSS, "org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT"),
            new Part(Kind.UPDATER, LEARNING + "Adam"),
            new Part(Kind.UPDATER, LEARNING + "AMSGrad"),
            new Part(Kind.UPDATER, LEARNING + "AdaDelta"),
            new Part(Kind.UPDATER, LEARNING + "AdaGrad"),
            new Part(Kind.UPDATER, LEARNING + "Nadam"),
            new Part(Kind.UPDATER, LEARNING + "Nesterovs"),
            new Part(Kind.UPDATER, LEARNING + "RmsProp"),
            new Part(Kind.UPDATER, LEARNING + "Sgd"),
            new Part(Kind.WEIGHT_INIT, "org.deeplearning4j.nn.weights.WeightInitXavier"),
            new Part(Kind.DROPOUT, "org.deeplearning4j.nn.conf.dropout.Dropout")));

    private final List<Part> parts;
    private final Map<String, Part> byName = new HashMap<>();
    private final Map<String, Part> byClass = new HashMap<>();

    /** An allow-list; of several names of one class the first is written. */
    NetworkNames(List<Part> parts) {
        this.parts = List.copyOf(parts);
        for (Part part : parts) {
            if (byName.put(part.name(), part) != null) {
                throw new IllegalArgumentException("name (" + part.name() + ") is there twice");
            }
            byClass.putIfAbsent(part.className(), part);
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** What a field of the JSON holds; empty when it holds no part. */
    static Optional<Kind> inField(String field) {
        return Optional.ofNullable(FIELDS.get(field));
    }

    Optional<Part> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Part> ofClass(String className) {
        return Optional.ofNullable(byClass.get(className));
    }
}
