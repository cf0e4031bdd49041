package dev.cadenza.graph;

import dev.cadenza.graph.GraphFile.Graph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators with graphs within. */
final class NestedRules {
    private NestedRules() {}

    static Tensor[] branches(Call call) throws UnsafeGraphException {
        List<Tensor> then = call.walk(call.graph("then_branch"), List.of(), 1);
        List<Tensor> otherwise = call.walk(call.graph("else_branch"), List.of(), 1);
        if (then.size() != otherwise.size()) {
            throw call.refusal("its branches have " + then.size() + " and " + otherwise.size() + " outputs");
        }
        Tensor[] outputs = new Tensor[then.size()];
        for (int i = 0; i < outputs.length; i++) {
            if (!then.get(i).hasDims(otherwise.get(i))) {
                throw call.refusal("its branches give dims " + then.get(i) + " and " + otherwise.get(i));
            }
            outputs[i] = Tensor.of(then.get(i).dims());
        }
        return outputs;
    }

    /** Once for each slice of the tensors that it goes along; what it carries keeps its dims. */
    static Tensor[] scan(Call call) throws UnsafeGraphException {
        Graph body = call.graph("body");
        long sequences = call.number("num_scan_inputs", 0);
        if (sequences < 1 || sequences > call.inputs()) {
            throw call.refusal("num_scan_inputs (" + sequences + ") must be 1.." + call.inputs());
        }
        int states = call.inputs() - (int) sequences;
        long turns = -1;
        List<Tensor> given = new ArrayList<>();
        for (int i = 0; i < call.inputs(); i++) {
            long[] dims = call.in(i).dims();
            if (i >= states) {
                int axis = call.axis(axis(call.numbers("scan_input_axes"), i - states), dims.length);
                if (turns >= 0 && turns != dims[axis]) {
                    throw call.refusal("it goes along tensors of " + turns + " and " + dims[axis] + " slices");
                }
                turns = dims[axis];
                boolean[] gone = new boolean[dims.length];
                gone[axis] = true;
                dims = Rules.without(dims, gone);
            }
            given.add(Tensor.of(dims));
        }
        List<Tensor> made = call.walk(body, given, turns);
        if (made.size() < states) {
            throw call.refusal("its body has " + made.size() + " outputs for " + states + " states");
        }
        Tensor[] outputs = new Tensor[made.size()];
        for (int i = 0; i < outputs.length; i++) {
            Tensor output = made.get(i);
            if (i < states) {
                if (!output.hasDims(given.get(i))) {
                    throw call.refusal("a state of dims " + given.get(i) + " becomes one of " + output);
                }
                outputs[i] = output;
            } else {
                outputs[i] = stacked(call, output, axis(call.numbers("scan_output_axes"), i - states), turns);
            }
        }
        return outputs;
    }

    private static Tensor stacked(Call call, Tensor slice, long axis, long turns) throws UnsafeGraphException {
        long[] dims = new long[slice.rank() + 1];
        int at = call.axis(axis, dims.length);
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i == at ? turns : slice.dims()[i < at ? i : i - 1];
        }
        return Tensor.of(dims);
    }

    private static long axis(long @Nullable [] axes, int index) {
        return axes == null || index >= axes.length ? 0 : axes[index];
    }
}
