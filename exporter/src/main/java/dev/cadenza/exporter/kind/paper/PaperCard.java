package dev.cadenza.exporter.kind.paper;

import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.model.ModelManifest;

/** What the card of a version of kind {@code paper} says. */
final class PaperCard {
    private PaperCard() {}

    static CardText text(String name, ModelManifest manifest, long parameters, Parity parity) {
        String model = """
                The network of the source paper: one LSTM of %d units over a note matrix (interval, pitch, velocity), a
                linear layer to the next row, trained on the squared error. %,d parameters, float32, one ONNX file.
                """.formatted(manifest.hidden(), parameters);
        String abilities = """
                - It predicts the next note's interval, pitch and velocity from all notes before, as one number each. Played,
                  each number gets the spread that was left over on validation (a Gaussian around the prediction, scaled by
                  the temperature), so that a seed means something and a likelihood exists.
                - A regression answers with the middle of what may come. It cannot say "this key or that one": between two
                  likely keys it names the one in between, and fed with its own notes it settles on averages. Its pitches have
                  contour, and no harmony to speak of.
                - It has no model of durations: a note lasts as long as the median note of its interval's range did in the
                  training data.
                - Intervals longer than the clip of the encoding are one and the same to it. It knows 88 keys (21..108) and
                  nothing of pedals: training data had the sustain pedal applied to the durations.
                """;
        String measures = """
                As the trainer measured them on held-out data, compared with predictors that learn nothing.
                """;
        String commands = """
                trainer train --preset paper --data DATA --out RUN
                exporter export --checkpoint RUN/best.zip --name %s --models models
                """.formatted(name);
        String proof = """
                Before it was published, DL4J and ONNX Runtime were compared on validation rows, as one run and step by step:
                %,d numbers, largest difference %.3g.
                """.formatted(parity.compared(), parity.largestDifference());
        return new CardText(model, abilities, measures, commands, proof);
    }
}
