package dev.cadenza.trainer.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.CheckpointKind;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A kind of model that can be trained and evaluated. Stateless. */
public interface ModelFamily extends CheckpointKind {
    /** The names of its presets, as {@code --preset} takes them. */
    List<String> presets();

    /**
     * A preset as it is when no option changes it, with random seed 1.
     *
     * @param name one of {@link #presets}
     */
    Preset preset(String name);

    /**
     * Reads what {@link Preset#toJson} wrote.
     *
     * @throws IllegalArgumentException when a field is missing or out of range
     */
    Preset read(JsonNode preset);

    /**
     * Opens data to evaluate a checkpoint of this kind on.
     *
     * @throws WrongUsageException when an option does not go with this kind
     */
    ModelData open(CheckpointInfo info, DataSource source) throws IOException, CorpusFormatException;

    /**
     * Performances as a model of this kind and encoding reads them: what it may have copied when it plays.
     *
     * @return on the grid of {@code performances}
     */
    default EncodedCorpus asTrained(ObjectNode encoding, EncodedCorpus performances) {
        return performances;
    }

    /** All families. */
    static List<ModelFamily> all() {
        return CheckpointKind.all().stream()
                .filter(ModelFamily.class::isInstance)
                .map(ModelFamily.class::cast)
                .toList();
    }

    /** The names of all presets. */
    static List<String> allPresets() {
        return all().stream().flatMap(family -> family.presets().stream()).toList();
    }

    /** The family that has a preset of that name. */
    static Optional<ModelFamily> ofPreset(String name) {
        return all().stream().filter(family -> family.presets().contains(name)).findFirst();
    }

    /**
     * The family of a checkpoint.
     *
     * @throws IllegalArgumentException when its kind is unknown
     */
    static ModelFamily of(CheckpointInfo info) {
        return all().stream()
                .filter(family -> family.id().equals(info.kind()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the checkpoint's kind (" + info.kind() + ") must be one of "
                                + all().stream().map(ModelFamily::id).collect(Collectors.joining(", "))));
    }
}
