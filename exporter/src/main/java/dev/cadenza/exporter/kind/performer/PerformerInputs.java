package dev.cadenza.exporter.kind.performer;

import dev.cadenza.exporter.graph.OnnxRef;
import java.util.List;

/**
 * The inputs of a graph of kind {@code performer}, in their order.
 *
 * @param note int32 {@code [seq, batch, 4]}: interval in ticks, MIDI pitch, velocity, duration in ticks; all -1 at the
 *     start of a piece
 * @param forced int32 {@code [seq, batch, 4]}; -1 where the graph chooses
 * @param keys int32 {@code [seq, batch, 88, 3]}, by key remaining and past ticks and velocity, just after {@code note}
 * @param ends int32 {@code [seq, batch, 3]}, of the last notes, just after {@code note}
 * @param controls {@code [seq, batch, 17]}
 * @param h {@code [1, batch, H]}
 * @param c {@code [1, batch, H]}
 * @param noise Gumbel {@code [seq, batch, 372]}
 * @param uniform 0..1 {@code [seq, batch, 3]}: place of interval, velocity and duration in their class
 * @param temperature {@code [batch]}
 * @param topP {@code [batch]}
 * @param minP {@code [batch]}
 * @param bias {@code [batch, 372]}
 * @param recall int32 {@code [seq, batch, 25]}; none in a graph that does not recall
 */
record PerformerInputs(
        OnnxRef note,
        OnnxRef forced,
        OnnxRef keys,
        OnnxRef ends,
        OnnxRef controls,
        OnnxRef h,
        OnnxRef c,
        OnnxRef noise,
        OnnxRef uniform,
        OnnxRef temperature,
        OnnxRef topP,
        OnnxRef minP,
        OnnxRef bias,
        OnnxRef recall) {
    static PerformerInputs of(List<OnnxRef> inOrder) {
        return new PerformerInputs(
                inOrder.get(0),
                inOrder.get(1),
                inOrder.get(2),
                inOrder.get(3),
                inOrder.get(4),
                inOrder.get(5),
                inOrder.get(6),
                inOrder.get(7),
                inOrder.get(8),
                inOrder.get(9),
                inOrder.get(10),
                inOrder.get(11),
                inOrder.get(12),
                inOrder.size() > 13 ? inOrder.get(13) : OnnxRef.NONE);
    }
}
