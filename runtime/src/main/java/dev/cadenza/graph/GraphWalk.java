package dev.cadenza.graph;

import dev.cadenza.graph.GraphFile.Constant;
import dev.cadenza.graph.GraphFile.Declared;
import dev.cadenza.graph.GraphFile.Dim;
import dev.cadenza.graph.GraphFile.Graph;
import dev.cadenza.graph.GraphFile.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a graph with dims in place of tensors: what it would take, node by node. */
final class GraphWalk {
    /** Of all tensors that a run makes, whether they are there at the same time or not: at most 8 bytes each. */
    private static final long MOST_ELEMENTS = 1L << 26;
    /** Multiplications of a run, some ten seconds of one core. */
    private static final long MOST_WORK = 20_000_000_000L;
    /** What a node costs however little it does. */
    private static final long NODE_WORK = 1000;

    private final Map<String, Long> sizes;
    private final List<Map<String, Tensor>> scopes = new ArrayList<>();
    private long elements;
    private long work;
    private long turns = 1;

    /** @param sizes of the dims that inputs name */
    GraphWalk(Map<String, Long> sizes) {
        this.sizes = sizes;
    }

    void walk(Graph graph) throws UnsafeGraphException {
        List<Tensor> given = new ArrayList<>();
        for (Declared input : graph.inputs()) {
            Tensor tensor = Tensor.of(dims(input));
            elements += tensor.count();
            if (elements > MOST_ELEMENTS) {
                throw new UnsafeGraphException(
                        "input '" + GraphFile.printable(input.name()) + "' has dims " + tensor + ", which is too much");
            }
            given.add(tensor);
        }
        walk(graph, given);
    }

    private long[] dims(Declared input) throws UnsafeGraphException {
        if (input.dims() == null) {
            throw new UnsafeGraphException("input '" + GraphFile.printable(input.name()) + "' has no dims");
        }
        long[] dims = new long[input.dims().size()];
        for (int i = 0; i < dims.length; i++) {
            Dim dim = input.dims().get(i);
            Long size = dim.size() == null ? sizes.get(dim.name()) : dim.size();
            if (size == null || size < 0) {
                throw new UnsafeGraphException("input '" + GraphFile.printable(input.name()) + "' has the dim '"
                        + GraphFile.printable(dim.toString()) + "', known are " + sizes.keySet());
            }
            dims[i] = size;
        }
        return dims;
    }

    List<Tensor> nested(Call around, Graph graph, List<Tensor> given, long often) throws UnsafeGraphException {
        if (graph.inputs().size() != given.size()) {
            throw around.refusal("its graph has " + graph.inputs().size() + " inputs and is given " + given.size());
        }
        long before = turns;
        turns = Tensor.count(turns, often);
        if (turns > Tensor.MOST_ELEMENTS) {
            throw around.refusal("it would turn " + often + " times, and what is around it " + before);
        }
        List<Tensor> outputs = walk(graph, given);
        turns = before;
        return outputs;
    }

    private List<Tensor> walk(Graph graph, List<Tensor> given) throws UnsafeGraphException {
        scopes.add(new HashMap<>());
        for (Constant constant : graph.constants()) {
            define(constant.name(), constant.tensor());
        }
        for (int i = 0; i < given.size(); i++) {
            define(graph.inputs().get(i).name(), given.get(i));
        }
        for (Node node : graph.nodes()) {
            run(node);
        }
        List<Tensor> outputs = new ArrayList<>();
        for (Declared output : graph.outputs()) {
            Tensor made = find(output.name());
            if (made == null) {
                throw new UnsafeGraphException("no node makes the output '" + GraphFile.printable(output.name()) + "'");
            }
            requireDeclared(output, made);
            outputs.add(made);
        }
        scopes.remove(scopes.size() - 1);
        return outputs;
    }

    /** An engine may take the memory that is declared before it knows better. */
    private static void requireDeclared(Declared output, Tensor made) throws UnsafeGraphException {
        List<Dim> dims = output.dims();
        if (dims == null) {
            return;
        }
        boolean same = dims.size() == made.rank();
        for (int i = 0; same && i < dims.size(); i++) {
            Long size = dims.get(i).size();
            same = size == null || size == made.dims()[i];
        }
        if (!same) {
            throw new UnsafeGraphException("the output '" + GraphFile.printable(output.name()) + "' is declared as "
                    + GraphFile.printable(dims.toString()) + " and has dims " + made);
        }
    }

    private void run(Node node) throws UnsafeGraphException {
        Operator operator = node.operator();
        if (operator == null) {
            throw new UnsafeGraphException(node.place() + ": the operator is not on the list of those that are run");
        }
        List<@Nullable Tensor> inputs = new ArrayList<>();
        for (String name : node.inputs()) {
            Tensor input = name.isEmpty() ? null : find(name);
            if (input == null && !name.isEmpty()) {
                throw new UnsafeGraphException(
                        node.place() + ": nothing before it makes '" + GraphFile.printable(name) + "'");
            }
            inputs.add(input);
        }
        Call call = new Call(node, inputs, this);
        for (String attribute : node.attributes().keySet()) {
            if (!operator.attributes().contains(attribute)) {
                throw call.refusal("the attribute '" + GraphFile.printable(attribute) + "' is not on the list");
            }
        }
        Tensor[] outputs = operator.rule().apply(call);
        if (node.outputs().size() > outputs.length) {
            throw call.refusal("it has " + node.outputs().size() + " outputs, expected " + outputs.length);
        }
        long made = 0;
        for (int i = 0; i < outputs.length; i++) {
            memory(call, outputs[i]);
            made += outputs[i].count();
            if (i < node.outputs().size() && !node.outputs().get(i).isEmpty()) {
                define(node.outputs().get(i), outputs[i]);
            }
        }
        work(call, made + NODE_WORK);
    }

    /** Counts what a node has to allocate. */
    void memory(Call call, Tensor tensor) throws UnsafeGraphException {
        elements += tensor.count();
        if (elements > MOST_ELEMENTS) {
            throw call.refusal("with its tensor of dims " + tensor + " a run makes " + elements + " numbers, at most "
                    + MOST_ELEMENTS + " are allowed");
        }
    }

    /** Counts the product as multiplications, as often as the node runs. */
    void work(Call call, long... factors) throws UnsafeGraphException {
        double product = turns;
        for (long factor : factors) {
            product *= factor;
        }
        work += (long) Math.min(product, 2.0 * MOST_WORK);
        if (work > MOST_WORK) {
            throw call.refusal("with it a run takes more than " + MOST_WORK + " multiplications");
        }
    }

    private @Nullable Tensor find(String name) {
        for (int i = scopes.size() - 1; i >= 0; i--) {
            Tensor found = scopes.get(i).get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void define(String name, Tensor tensor) throws UnsafeGraphException {
        if (name.isEmpty() || find(name) != null) {
            throw new UnsafeGraphException("two tensors have the name '" + GraphFile.printable(name) + "'");
        }
        scopes.get(scopes.size() - 1).put(name, tensor);
    }
}
