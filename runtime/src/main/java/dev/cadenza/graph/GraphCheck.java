package dev.cadenza.graph;

import java.util.Map;

/**
 * Holds a graph against what this process is willing to run. The bounds are for each run of one of the given sizes: 2^26
 * numbers in all its tensors together and 2 x 10^10 multiplications, where the largest published model takes 1.4 x 10^7
 * and 10^9.
 *
 * <pre>{@code
 * GraphCheck check = GraphCheck.of(model);
 * check.run(Map.of("seq", 64L, "batch", 1L));
 * }</pre>
 */
public final class GraphCheck {
    private static final int LOWEST_FORMAT = 1;

    private final GraphFile file;

    private GraphCheck(GraphFile file) {
        this.file = file;
    }

    /**
     * Reads a graph.
     *
     * @param model the bytes of an ONNX file
     * @throws UnsafeGraphException if it is none, or holds what is never allowed
     */
    public static GraphCheck of(byte[] model) throws UnsafeGraphException {
        GraphFile file = GraphParser.parse(model);
        for (Map.Entry<String, Long> set : file.operatorSets().entrySet()) {
            String domain = set.getKey().equals("ai.onnx") ? "" : set.getKey();
            Integer highest = Operator.OPERATOR_SETS.get(domain);
            int lowest = domain.isEmpty() ? Operator.LOWEST_OPSET : LOWEST_FORMAT;
            if (highest == null || set.getValue() < lowest || set.getValue() > highest) {
                throw new UnsafeGraphException("uses the operator set '" + GraphFile.printable(set.getKey())
                        + "' in version " + set.getValue() + ", allowed are "
                        + (highest == null ? "others" : lowest + ".." + highest));
            }
        }
        return new GraphCheck(file);
    }

    /**
     * Goes through one run.
     *
     * @param sizes of the dims that the graph's inputs name
     * @throws UnsafeGraphException if a node is not allowed, or the run would take too much
     */
    public void run(Map<String, Long> sizes) throws UnsafeGraphException {
        new GraphWalk(sizes).walk(file.graph());
    }
}
