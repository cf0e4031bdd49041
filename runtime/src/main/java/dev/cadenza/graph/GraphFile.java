package dev.cadenza.graph;

import dev.cadenza.files.Printable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read of an ONNX file.
 *
 * @param operatorSets domain to version
 */
record GraphFile(Map<String, Long> operatorSets, Graph graph) {
    private static final int LONGEST_TEXT = 80;

    /** Nodes in the order in which they run, constants, inputs and outputs. */
    record Graph(List<Node> nodes, List<Constant> constants, List<Declared> inputs, List<Declared> outputs) {}

    /**
     * An operator at work.
     *
     * @param inputs names, empty for what is left out
     * @param operator null if it is not on the list
     */
    record Node(
            String name,
            String domain,
            String opType,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes,
            @Nullable Operator operator) {
        /** For messages. */
        String place() {
            String named = name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
            return "node '" + printable(named) + "' (" + printable(domain.isEmpty() ? "" : domain + ":")
                    + printable(opType) + ")";
        }
    }

    /** A parameter of a node; what is not given is null or empty. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Attribute(
            @Nullable Long number,
            long @Nullable [] numbers,
            @Nullable String text,
            @Nullable Graph graph) {}

    /** A tensor in the file. */
    record Constant(String name, Tensor tensor) {}

    /**
     * A graph's input or output.
     *
     * @param dims a number, or the name of one; null if the file does not say how many there are
     */
    record Declared(String name, @Nullable List<Dim> dims) {}

    /**
     * A declared size.
     *
     * @param size null if it has a name, or none
     */
    record Dim(@Nullable Long size, String name) {
        @Override
        public String toString() {
            return size == null ? name : size.toString();
        }
    }

    /** Of a foreign file, for a message. */
    static String printable(String text) {
        return Printable.of(text, LONGEST_TEXT);
    }
}
