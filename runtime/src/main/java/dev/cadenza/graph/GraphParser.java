package dev.cadenza.graph;

import dev.cadenza.graph.GraphFile.Attribute;
import dev.cadenza.graph.GraphFile.Declared;
import dev.cadenza.graph.GraphFile.Dim;
import dev.cadenza.graph.GraphFile.Graph;
import dev.cadenza.graph.GraphFile.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ONNX file; field numbers are those of onnx.proto3. Two readers of one file must not see two graphs: a field
 * that is not known here and a second value of a field that has one are refused, where protobuf would skip or merge.
 */
final class GraphParser {
    private static final int MOST_NODES = 20_000;
    private static final int MOST_CONSTANTS = 20_000;
    private static final int DEEPEST = 4;

    private int nodes;
    private int constants;

    /** @throws UnsafeGraphException if it is not an ONNX file, or has what is never needed here */
    static GraphFile parse(byte[] file) throws UnsafeGraphException {
        return new GraphParser().model(new ProtoReader(file));
    }

    private GraphFile model(ProtoReader in) throws UnsafeGraphException {
        Graph graph = null;
        Map<String, Long> operatorSets = new HashMap<>();
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1, 2, 3, 4, 5, 6, 14 -> in.skipField();
                case 7 -> graph = once(graph, graph(in.message(), 0), "graph");
                case 8 -> operatorSet(in.message(), operatorSets);
                case 25 -> throw new UnsafeGraphException("has functions of its own; only known operators are run");
                default -> throw unknown("the model", field);
            }
        }
        if (graph == null) {
            throw new UnsafeGraphException("is not an ONNX file: it holds no graph");
        }
        return new GraphFile(operatorSets, graph);
    }

    private static void operatorSet(ProtoReader in, Map<String, Long> operatorSets) throws UnsafeGraphException {
        String domain = "";
        long version = 0;
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> domain = in.text();
                case 2 -> version = in.number();
                default -> throw unknown("an operator set", field);
            }
        }
        if (operatorSets.put(domain, version) != null) {
            throw new UnsafeGraphException(
                    "names the operator set '" + GraphFile.printable(domain) + "' more than once");
        }
    }

    private Graph graph(ProtoReader in, int depth) throws UnsafeGraphException {
        if (depth > DEEPEST) {
            throw new UnsafeGraphException("has graphs nested deeper than " + DEEPEST);
        }
        Graph graph = new Graph(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> {
                    if (++nodes > MOST_NODES) {
                        throw new UnsafeGraphException("has more than " + MOST_NODES + " nodes");
                    }
                    graph.nodes().add(node(in.message(), depth));
                }
                case 2, 10, 16 -> in.skipField();
                case 5 -> {
                    if (++constants > MOST_CONSTANTS) {
                        throw new UnsafeGraphException("has more than " + MOST_CONSTANTS + " constants");
                    }
                    graph.constants().add(ConstantReader.read(in.message()));
                }
                case 11 -> graph.inputs().add(declared(in.message()));
                case 12 -> graph.outputs().add(declared(in.message()));
                default -> throw unknown("a graph", field);
            }
        }
        return graph;
    }

    private Node node(ProtoReader in, int depth) throws UnsafeGraphException {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        String name = null;
        String opType = null;
        String domain = null;
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 3 -> name = once(name, in.text(), "name of a node");
                case 4 -> opType = once(opType, in.text(), "operator of a node");
                case 5 -> attribute(in.message(), depth, attributes);
                case 6, 9 -> in.skipField();
                case 7 -> domain = once(domain, in.text(), "domain of a node");
                default -> throw unknown("a node", field);
            }
        }
        Operator operator = Operator.find(orEmpty(domain), orEmpty(opType));
        return new Node(orEmpty(name), orEmpty(domain), orEmpty(opType), inputs, outputs, attributes, operator);
    }

    private void attribute(ProtoReader in, int depth, Map<String, Attribute> attributes) throws UnsafeGraphException {
        String name = null;
        Long number = null;
        String text = null;
        Graph graph = null;
        LongList numbers = new LongList();
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> name = once(name, in.text(), "name of an attribute");
                case 2 -> in.real();
                case 3 -> number = once(number, in.number(), "number of an attribute");
                case 4 -> text = once(text, in.text(), "text of an attribute");
                case 6 -> graph = once(graph, graph(in.message(), depth + 1), "graph of an attribute");
                case 8 -> in.numbers(numbers);
                case 7, 9, 13, 20 -> in.skipField();
                default -> throw unknown("an attribute", field);
            }
        }
        Attribute made = new Attribute(number, numbers.size() == 0 ? null : numbers.toArray(), text, graph);
        if (attributes.put(orEmpty(name), made) != null) {
            throw new UnsafeGraphException("has a node with two attributes of one name");
        }
    }

    private static Declared declared(ProtoReader in) throws UnsafeGraphException {
        String name = null;
        List<Dim> dims = null;
        while (in.hasNext()) {
            int field = in.field();
            switch (field) {
                case 1 -> name = once(name, in.text(), "name of an input or output");
                case 2 -> dims = once(dims, new TypeReader().dims(in.message()), "type of an input or output");
                case 3, 4 -> in.skipField();
                default -> throw unknown("an input or output", field);
            }
        }
        return new Declared(orEmpty(name), dims == TypeReader.NONE ? null : dims);
    }

    static <T> T once(@Nullable T before, T now, String what) throws UnsafeGraphException {
        if (before != null) {
            throw new UnsafeGraphException("gives the " + what + " twice");
        }
        return now;
    }

    static UnsafeGraphException unknown(String where, int field) {
        return new UnsafeGraphException("has a field in " + where + " that is not allowed: " + field);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
