package dev.cadenza.exporter.kind.roll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.roll.RollPreset;
import java.util.Map;
import java.util.TreeMap;

/** What the card of a version of kind {@code roll} says. */
final class RollCard {
    /** Fields of a preset and their options, in order. */
    private static final Map<String, String> OPTIONS = new TreeMap<>(Map.of(
            "hidden", "--hidden",
            "window", "--window",
            "batch", "--batch",
            "learning_rate", "--learning-rate",
            "keep", "--keep",
            "seed", "--seed"));

    private RollCard() {}

    static CardText text(String name, ModelManifest manifest, RollEncoding encoding, long parameters, Parity parity) {
        RollArchitecture architecture = RollArchitecture.of(encoding.architecture());
        String model = """
                A piano-roll model, %s: %s %,d parameters, float32, one ONNX file that draws a step by itself.
                """.formatted(architecture.title(), what(architecture), parameters);
        String abilities = """
                - It says which of 88 keys (21..108) sound in the next step, given all steps before, and draws them.
                - A step is %d ms when it is played. There is nothing between the steps: no timing, no velocity (every note has
                  the same), no pedal, and a key struck again while it sounds is one long note.
                - It continues a prompt, rounded to its grid, and plays from nothing. It does not score notes, and takes
                  none of the controls of the kind `performer`.
                - It is one row of a likelihood table, made to be compared. For music take a performer.
                """.formatted(encoding.stepMillis());
        String measures = """
                On data that was not trained on: exact conditionals, -ln p summed over the 88 keys, mean over steps.%s
                """.formatted(measured(manifest));
        String commands = """
                %s
                exporter export --checkpoint RUN/best.zip --name %s --models models
                """.formatted(command(architecture, manifest.provenance(), encoding), name);
        String proof = """
                Before it was published, DL4J and ONNX Runtime were compared on validation rolls, as one run and step by step:
                %,d numbers, largest difference %.3g.
                """.formatted(parity.compared(), parity.largestDifference());
        return new CardText(model, abilities, measures, commands, proof);
    }

    /** Whatever was recorded and is not what {@code trainer train} takes unasked is said. */
    private static String command(RollArchitecture architecture, JsonNode provenance, RollEncoding encoding) {
        StringBuilder command = new StringBuilder("trainer train --preset " + architecture.preset());
        boolean file = provenance.path("data").path("split").asText().equals(RollCorpus.FILE_SPLIT);
        command.append(file ? " --rolls ROLLS" : " --data DATA")
                .append(" --step-ms ")
                .append(encoding.stepMillis());
        JsonNode preset = provenance.path("preset");
        // The best checkpoint's own updates are fewer than the schedule's, whose end --updates is.
        JsonNode updates =
                preset.has("schedule_updates") ? preset.path("schedule_updates") : provenance.path("updates");
        if (!updates.isMissingNode()) {
            command.append(" --updates ").append(updates.asText());
        }
        ObjectNode standard = RollPreset.standard(architecture, 1, 1).toJson();
        OPTIONS.forEach((field, option) -> {
            if (preset.has(field)
                    && !preset.path(field).asText().equals(standard.path(field).asText())) {
                command.append(' ')
                        .append(option)
                        .append(' ')
                        .append(preset.path(field).asText());
            }
        });
        return command.append(" --out RUN").toString();
    }

    /** Rolls that were made of performances are cut. */
    private static String measured(ModelManifest manifest) {
        int steps = manifest.provenance().path("data").path("measured_steps").asInt();
        return steps == 0 ? "" : "\nOf each piece the first %d steps were measured.".formatted(steps);
    }

    private static String what(RollArchitecture architecture) {
        return switch (architecture) {
            case LSTM ->
                "one LSTM over all keys, which takes the keys of a step as independent given the steps before.";
            case TP_LSTM_NADE ->
                "an LSTM in time whose weights are the same for all keys, and a NADE over the keys of a step (after"
                        + " Johnson, 2017).";
            case BALSTM ->
                "an LSTM in time whose weights are the same for all keys, and two along the keys of a step (after"
                        + " Johnson, 2017).";
        };
    }
}
