package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.RoundingLoss;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.notematrix.Recall;
import dev.cadenza.onnx.PerformerKind;

/** What the card of a version of kind {@code performer} says. */
final class PerformerCard {
    private PerformerCard() {}

    static CardText text(
            String name, ModelManifest manifest, WeightFormat format, long parameters, KindExport.Proof proof) {
        String model = """
                A model of piano playing: how likely every next note is, given all notes before. One LSTM of %d units under
                four categorical heads in a chain (interval, pitch, velocity, duration), which know which keys sound and for
                how long still. %,d parameters, %s, one ONNX file that samples by itself.
                """.formatted(manifest.hidden(), parameters, weights(format));
        String abilities = """
                - It continues a prompt, plays from nothing, scores a piece note by note in nats, and gives a written score
                  velocities, durations and timing. Density, register and pitch classes can be given; in training the model got
                  those of the next eight seconds, or none.
                - A note follows within 50 seconds on a grid of 10 ms, lasts up to 20 seconds, and has one of 32 velocities.
                  Times below a second are exact; longer ones are drawn evenly from logarithmic ranges.
                - It plays 88 keys (21..108) and never strikes a key that sounds. It has no pedals: training data
                  had the sustain pedal applied to the durations.
                %s
                - It has no plan, and pieces do not end by themselves.
                - Free-running, its errors add up: the longer it plays, the denser, wider and more
                  chromatic. Cadenza's guards limit that (the figures of playing below are with them); a host without
                  such guards should give density, register and pitch classes through the controls.
                """.formatted(memory(manifest));
        String measures = """
                On held-out data. Likelihoods are exact: a time's probability is its class' divided by the
                times in the class, and a velocity is a class of four.
                """;
        String from = manifest.provenance().has("from") ? " --from CHECKPOINT" : "";
        String commands = """
                trainer train --preset performer%s --data DATA --out RUN
                exporter export --checkpoint RUN/best.zip --name %s --weights %s --models models
                """.formatted(from, name, format.id());
        RoundingLoss rounded = proof.rounded();
        String compared = """
                Before it was published, DL4J and ONNX Runtime were compared on validation pieces, as one run and step by
                step: %,d numbers, largest difference %.3g.%s
                """.formatted(
                proof.parity().compared(), proof.parity().largestDifference(), rounded == null ? "" : lost(rounded));
        return new CardText(model, abilities, measures, commands, compared);
    }

    /** What it remembers in addition to the LSTM's state, in lines of the list above. */
    private static String memory(ModelManifest manifest) {
        return !PerformerKind.recalls(manifest)
                ? "- A theme comes back only as far as the LSTM remembers it."
                : """
                - It recalls: the input `recall` holds what followed an earlier passage like the last notes, so that a
                  theme can come back after minutes. Cadenza's runtime fills it (class `Recall` says how: a local
                  alignment of pitches over the last %,d notes); a host that does not gives 0 and then -1 everywhere,
                  which one training window in ten had too.""".formatted(Recall.REMEMBERED);
    }

    private static String weights(WeightFormat format) {
        return switch (format) {
            case FP32 -> "float32";
            case FP16 -> "weights as float16, computed with in float32";
            case INT8 -> "weights as int8 (7 bits and a scale for each column)";
        };
    }

    private static String lost(RoundingLoss rounded) {
        return """
                 That was
                the graph with the weights as trained; on the same %,d notes the rounded ones of this file take %.4f nats per note
                instead of %.4f.""".formatted(rounded.notes(), rounded.nats(), rounded.exactNats());
    }
}
