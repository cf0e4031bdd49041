package dev.cadenza.exporter.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.exporter.kind.RoundingLoss;
import dev.cadenza.model.VersionId;
import org.jspecify.annotations.Nullable;

/**
 * What was published.
 *
 * @param weights how the file holds them
 * @param parameters numbers that training set
 * @param modelBytes size of model.onnx
 * @param rounded what rounded weights cost; null where they are as trained
 */
public record ExportReport(
        VersionId id,
        WeightFormat weights,
        long parameters,
        long modelBytes,
        Parity parity,
        @Nullable RoundingLoss rounded) {

    /** Keys in snake case, units in them. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", id.name()).put("version", id.version());
        node.put("weights", weights.id());
        node.put("parameters", parameters).put("model_bytes", modelBytes);
        ObjectNode proof = node.putObject("parity");
        proof.put("compared_numbers", parity.compared());
        proof.put("largest_difference", parity.largestDifference());
        proof.put("where", parity.where());
        if (rounded != null) {
            ObjectNode loss = node.putObject("rounding");
            loss.put("notes", rounded.notes());
            loss.put("nll_nats_per_note", rounded.nats());
            loss.put("nll_nats_per_note_as_trained", rounded.exactNats());
            loss.put("lost_share", rounded.share());
        }
        return node;
    }

    public String toText() {
        String text = """
                published %s: %,d parameters, model.onnx of %,d bytes
                DL4J and ONNX Runtime agree in %,d numbers, as one run and step by step
                largest difference %.3g: %s""".formatted(
                        id, parameters, modelBytes, parity.compared(), parity.largestDifference(), parity.where());
        if (rounded == null) {
            return text;
        }
        return text
                + "\nweights as %s: %.4f nats per note instead of %.4f on %,d notes (%.2f %%)"
                        .formatted(
                                weights.id(),
                                rounded.nats(),
                                rounded.exactNats(),
                                rounded.notes(),
                                100 * rounded.share());
    }
}
