package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.Expressions;
import dev.cadenza.exporter.graph.LstmWeights;
import dev.cadenza.exporter.graph.OnnxGraph;
import dev.cadenza.exporter.graph.OnnxRef;
import dev.cadenza.exporter.graph.ProductNodes;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.performer.KeyFeatureNodes.Keys;
import dev.cadenza.exporter.kind.performer.PerformerHeadNodes.Said;
import dev.cadenza.exporter.kind.performer.PerformerLikelihood.Attribute;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.PerformerFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The graph of kind {@code performer}: the complete next-note function. The note before and the state of the keys go in;
 * the network says how likely every interval is, one is chosen (or was given), the keys are moved on to that onset, and
 * so on through pitch, velocity and duration; the note, its likelihood and the next state come out.
 *
 * <pre>
 * x  = embeddings of the note's classes | its numbers | keys at its onset | controls
 * h  = LSTM(x)
 * interval   logits from h, ends at the note before's onset
 * pitch      logits from h, interval, keys at the new onset; keys that sound are masked
 * velocity   logits from h, interval, pitch
 * duration   logits from h, interval, pitch, velocity, ends at the new onset; 124 classes and 4 copies of other ends
 * </pre>
 *
 * A network that recalls sees what followed an earlier passage like the last notes in x and in every head.
 *
 * <p>Every row of a batch has the same bits in a batch of any size, unless its weights are {@link WeightFormat#INT8}.
 */
final class PerformerGraph {
    private final OnnxGraph graph = new OnnxGraph("cadenza-performer");
    private final Expressions x = new Expressions(graph);
    private final PerformerTables tables;
    private final PerformerWeights weights;
    private final GraphSignature signature;
    private final ProductNodes products;

    private PerformerGraph(
            PerformerWeights weights, GraphSignature signature, PerformerFeatures features, ProductNodes products) {
        this.weights = weights;
        this.signature = signature;
        this.products = products;
        tables = new PerformerTables(features);
    }

    /**
     * The bytes of the file.
     *
     * @param signature of a graph of that size
     * @param producerVersion version of this project
     * @param metadata goes into the file as it is
     * @throws IllegalArgumentException if the encoding's classes are not as many as the kind has
     */
    static byte[] write(
            PerformerWeights weights,
            GraphSignature signature,
            WeightFormat format,
            PerformerEncoding encoding,
            String producerVersion,
            Map<String, String> metadata) {
        if (!encoding.equals(PerformerEncoding.STANDARD)) {
            throw new IllegalArgumentException("encoding (" + encoding + ") must be " + PerformerEncoding.STANDARD);
        }
        PerformerGraph performer =
                new PerformerGraph(weights, signature, new PerformerFeatures(encoding), format.products());
        performer.build();
        return performer.graph.toModel(
                producerVersion,
                "Next-note function of piano playing: the previous note and the keys in, the next note and its likelihood"
                        + " out, LSTM state in and out.",
                metadata);
    }

    private void build() {
        PerformerInputs in =
                PerformerInputs.of(signature.inputs().stream().map(graph::input).toList());
        Sampling sampling = new Sampling(
                x.in("sampling"),
                tables,
                in,
                tables.intervals(),
                PerformerTables.KEYS,
                tables.velocities(),
                tables.durations() + PerformerFeatures.COPIES);
        KeyFeatureNodes features = new KeyFeatureNodes(x.in("keys"), tables, sampling.noise(0), sampling.noise(1));
        Keys keys = features.keys(x.in("keys"), in.keys());
        NoteNumbers note = new NoteNumbers(x.in("note"), tables);
        RecallInput recall = weights.recalls()
                ? new RecallInput(x.in("recall"), tables, in.recall(), sampling.noise(0), sampling.noise(1))
                : null;
        List<OnnxRef> parts = new ArrayList<>(List.of(
                noteInput(x.in("note"), note, in.note()),
                features.times(x.in("keys"), keys),
                features.decays(x.in("keys"), keys),
                in.controls()));
        if (recall != null) {
            Expressions y = x.in("recall");
            parts.add(recall.levels());
            parts.add(note.scalars(y, note.rows(y, recall.first())));
        }
        OnnxRef rows = x.in("input").concat(parts.toArray(OnnxRef[]::new));
        OnnxRef h = products.lstm(x.in("lstm"), rows, in.h(), in.c(), inGraphOrder(weights));
        heads(in, sampling, features, keys, h, recall);
        signature.outputs().forEach(graph::output);
    }

    /** Embeddings and scalars of a note, {@code [seq, batch, 196]}. */
    private OnnxRef noteInput(Expressions y, NoteNumbers note, OnnxRef given) {
        OnnxRef numbers = note.rows(y, given);
        OnnxRef classes = y.rows(y.row("classes", tables.noteClasses()), numbers);
        EmbeddingPieces pieces = EmbeddingPieces.of(weights);
        OnnxRef places =
                y.add(y.columns(classes, y.row("attributes", pieces.attributes())), y.row("firsts", pieces.firsts()));
        OnnxRef embeddings = y.rows(products.table(y, "embeddings", pieces.table()), places);
        return y.concat(y.flat(embeddings), note.scalars(y, numbers));
    }

    /** A note's numbers as rows of tables that hold all four attributes'. */
    private record NoteNumbers(OnnxRef highest, OnnxRef offsets, OnnxRef scalars) {
        NoteNumbers(Expressions y, PerformerTables tables) {
            this(
                    y.row("highest", tables.highest()),
                    y.row("offsets", tables.noteOffsets()),
                    y.row("scalars", tables.noteScalars()));
        }

        OnnxRef rows(Expressions y, OnnxRef note) {
            return y.add(y.min(note, highest), offsets);
        }

        OnnxRef scalars(Expressions y, OnnxRef rows) {
            return y.rows(scalars, rows);
        }
    }

    private void heads(
            PerformerInputs in,
            Sampling sampling,
            KeyFeatureNodes features,
            Keys keys,
            OnnxRef h,
            @Nullable RecallInput recall) {
        OnnxRef lastPitch = x.in("note").slice(in.note(), 1, 2);
        PerformerHeadNodes heads =
                new PerformerHeadNodes(x.in("heads"), tables, weights, products, sampling, h, lastPitch);

        Expressions y = x.in("interval");
        OnnxRef intervalClasses = y.row("classes_of_ticks", tables.intervalClasses());
        OnnxRef recalled = recall == null ? OnnxRef.NONE : recall.interval(x.in("recall"), intervalClasses);
        Said interval = heads.interval(y, keys.remaining(), features.ends(y, keys), recalled);
        OnnxRef intervalClass = y.rows(intervalClasses, interval.value());
        OnnxRef intervalRow = y.squeeze(intervalClass, 2);

        y = x.in("ahead");
        Keys ahead = features.later(y, keys, interval.value());
        OnnxRef seen = y.concat(features.times(y, ahead), features.decays(y, ahead));
        OnnxRef endsAhead = y.max(y.sub(in.ends(), interval.value()), y.number(KeyState.PAST));
        OnnxRef copies = y.concat(endsAhead, y.reduceMax(ahead.remaining()));
        OnnxRef copyFeatures = y.flat(y.rows(y.table("copy_times", tables.copyTimes(), 2), copies));

        y = x.in("pitch");
        recalled = recall == null ? OnnxRef.NONE : recall.keys(x.in("recall"));
        Said pitch = heads.pitch(y, ahead.remaining(), seen, recalled, interval.value(), intervalRow);
        OnnxRef key = y.sub(pitch.value(), y.number(PerformerTables.LOWEST_PITCH));
        List<OnnxRef> known = heads.both(x.in("both"), intervalRow, y.squeeze(key, 2));

        y = x.in("velocity");
        OnnxRef velocityClasses = y.row("classes_of_velocities", tables.velocityClasses());
        List<OnnxRef> ofPitch = recall == null
                ? List.of(OnnxRef.NONE, OnnxRef.NONE)
                : recall.ofPitch(x.in("recall"), pitch.value(), velocityClasses, features.durationClasses());
        Said velocity = heads.velocity(y, known.get(0), ofPitch.get(0));
        OnnxRef velocityClass = y.rows(velocityClasses, velocity.value());

        y = x.in("duration");
        Said duration = heads.duration(
                y,
                known.get(1),
                features.ends(y, ahead),
                copies,
                copyFeatures,
                ofPitch.get(1),
                y.squeeze(velocityClass, 2));
        OnnxRef durationClass = y.rows(features.durationClasses(), duration.value());

        OnnxRef logits = x.in("logits").concat(interval.logits(), pitch.logits(), velocity.logits(), duration.logits());
        x.named("logits").max(logits, x.number(PerformerHeadNodes.MASKED));
        PerformerLikelihood.write(
                x.in("logp"),
                x.named("logp"),
                List.of(
                        new Attribute(
                                interval.logits(),
                                intervalClass,
                                tables.intervalPlaces().logWidths(0)),
                        new Attribute(pitch.logits(), key, new float[PerformerTables.KEYS]),
                        new Attribute(velocity.logits(), velocityClass, new float[tables.velocities()]),
                        new Attribute(
                                duration.logits(),
                                durationClass,
                                tables.durationPlaces().logWidths(PerformerFeatures.COPIES))),
                copies,
                duration.value());

        y = x.in("next");
        OnnxRef note = y.concat(interval.value(), pitch.value(), velocity.value(), duration.value());
        sampling.note(x.named("next"), note);
        x.named("ends_next").concat(duration.value(), y.slice(endsAhead, 0, KeyState.LAST_ENDS - 1));
        features.struck(y, x.named("keys_next"), ahead, note);
    }

    /** The LSTM's weights for the order in which this graph has the keys' numbers. */
    private static LstmWeights inGraphOrder(PerformerWeights weights) {
        int width = weights.features();
        int first = PerformerWeights.FIRST_KEY_FEATURE;
        int[] order = PerformerTables.keyOrder();
        float[] moved = weights.input().clone();
        for (int row = 0; row < moved.length; row += width) {
            for (int column = 0; column < order.length; column++) {
                moved[row + first + column] = weights.input()[row + first + order[column]];
            }
        }
        return new LstmWeights(weights.hidden(), moved, weights.recurrent(), weights.bias());
    }
}
