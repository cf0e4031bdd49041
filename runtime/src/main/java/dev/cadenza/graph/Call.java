package dev.cadenza.graph;

import dev.cadenza.graph.GraphFile.Attribute;
import dev.cadenza.graph.GraphFile.Graph;
import dev.cadenza.graph.GraphFile.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node with what is known of its inputs, as the rules see it. */
final class Call {
    private final Node node;
    private final List<@Nullable Tensor> inputs;
    private final GraphWalk walk;

    Call(Node node, List<@Nullable Tensor> inputs, GraphWalk walk) {
        this.node = node;
        this.inputs = inputs;
        this.walk = walk;
    }

    int inputs() {
        return inputs.size();
    }

    int outputs() {
        return node.outputs().size();
    }

    Tensor in(int index) throws UnsafeGraphException {
        Tensor input = optional(index);
        if (input == null) {
            throw refusal("its input " + index + " is missing");
        }
        return input;
    }

    @Nullable
    Tensor optional(int index) {
        return index < inputs.size() ? inputs.get(index) : null;
    }

    /** An input that says how large an output is. */
    long[] sizes(int index) throws UnsafeGraphException {
        Tensor input = in(index);
        if (input.values() == null || input.rank() > 1) {
            throw refusal("its input '" + GraphFile.printable(node.inputs().get(index))
                    + "' decides how large its output is, so it must be a constant or the dims of a tensor");
        }
        return input.values();
    }

    /** An input that must be a single number in the file. */
    long size(int index) throws UnsafeGraphException {
        long[] sizes = sizes(index);
        if (sizes.length != 1) {
            throw refusal("its input " + index + " must be one number");
        }
        return sizes[0];
    }

    long number(String name, long otherwise) {
        Attribute attribute = node.attributes().get(name);
        return attribute == null || attribute.number() == null ? otherwise : attribute.number();
    }

    long @Nullable [] numbers(String name) {
        Attribute attribute = node.attributes().get(name);
        return attribute == null ? null : attribute.numbers();
    }

    Graph graph(String name) throws UnsafeGraphException {
        Attribute attribute = node.attributes().get(name);
        if (attribute == null || attribute.graph() == null) {
            throw refusal("its graph " + name + " is missing");
        }
        return attribute.graph();
    }

    /** The outputs of a graph within this node. */
    List<Tensor> walk(Graph graph, List<Tensor> given, long turns) throws UnsafeGraphException {
        return walk.nested(this, graph, given, turns);
    }

    /** The axis that an attribute means, which may count from the back. */
    int axis(String name, long otherwise, int rank) throws UnsafeGraphException {
        return axis(number(name, otherwise), rank);
    }

    int axis(long axis, int rank) throws UnsafeGraphException {
        long counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw refusal("axis " + axis + " of a tensor of " + rank + " dims");
        }
        return (int) counted;
    }

    /** Counts multiplications. */
    void work(long... factors) throws UnsafeGraphException {
        walk.work(this, factors);
    }

    /** Counts memory that it needs in addition to its outputs. */
    void memory(Tensor tensor) throws UnsafeGraphException {
        walk.memory(this, tensor);
    }

    UnsafeGraphException refusal(String why) {
        return new UnsafeGraphException(node.place() + ": " + why);
    }
}
