package dev.cadenza.model;

import java.util.List;

/**
 * The tensors of a graph.
 *
 * @param inputs in the graph's order
 * @param outputs in the graph's order
 * @param golden names of the outputs that a golden piece may hold
 */
public record GraphSignature(List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> golden) {
    public GraphSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        golden = List.copyOf(golden);
    }

    /** Whether the graph has an input of that name. */
    public boolean takes(String input) {
        return inputs.stream().anyMatch(spec -> spec.name().equals(input));
    }

    /** Numbers of a row's state: the last dimension of the input {@code h}, or 0 if there is no such input. */
    public int hidden() {
        return hidden(inputs);
    }

    static int hidden(List<TensorSpec> inputs) {
        return inputs.stream()
                .filter(spec -> spec.name().equals("h") && spec.shape().size() == 3)
                .mapToInt(spec -> (int) Math.max(0, spec.dims()[2]))
                .findFirst()
                .orElse(0);
    }
}
