package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.model.ModelManifest;

/** The text that goes with a version: what it is, what it may be used for, what it can do, how it was made. */
final class ModelCard {
    private ModelCard() {}

    /**
     * Writes the card of a model of kind {@code paper}.
     */
    static String paper(String name, ModelManifest manifest, long parameters, Parity parity) {
        ObjectNode metrics = manifest.metrics();
        return """
                # %s

                The network of the seed paper: one LSTM of %d units over a note matrix (interval, pitch, velocity), a linear
                layer to the next row, trained on the squared error. %,d parameters, float32, one ONNX file.

                ## Licence

                **%s.** %s

                Credit: %s

                ## What it can do, and what it cannot

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

                ## Measures

                As the trainer measured them on data that was not trained on, beside predictors that learn nothing.

                %s
                ## Encoding

                %s
                ## How it was made

                ```
                trainer train --preset paper --data DATA --out RUN
                exporter export --checkpoint RUN/best.zip --name %s --models models
                ```

                %s
                Before it was published, DL4J and ONNX Runtime were compared on validation rows, as one run and step by step:
                %,d numbers, largest difference %.3g.
                """.formatted(
                        name,
                        manifest.hidden(),
                        parameters,
                        manifest.licence().id(),
                        manifest.licence().text(),
                        manifest.licence().attribution(),
                        metrics.isEmpty() ? "None were recorded in the checkpoint.\n" : Markdown.tables(metrics, 3),
                        Markdown.tables(manifest.encoding(), 3),
                        name,
                        Markdown.tables(manifest.provenance(), 3),
                        parity.compared(),
                        parity.largestDifference());
    }
}
