package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.model.VersionId;

/**
 * What was published.
 *
 * @param parameters numbers that training set
 * @param modelBytes size of model.onnx
 */
public record ExportReport(VersionId id, long parameters, long modelBytes, Parity parity) {

    /** Keys in snake case, units in them. */
    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", id.name()).put("version", id.version());
        node.put("parameters", parameters).put("model_bytes", modelBytes);
        ObjectNode proof = node.putObject("parity");
        proof.put("compared_numbers", parity.compared());
        proof.put("largest_difference", parity.largestDifference());
        proof.put("where", parity.where());
        return node;
    }

    String toText() {
        return """
                published %s: %,d parameters, model.onnx of %,d bytes
                DL4J and ONNX Runtime agree in %,d numbers, as one run and step by step
                largest difference %.3g: %s""".formatted(id, parameters, modelBytes, parity.compared(), parity.largestDifference(), parity.where());
    }
}
