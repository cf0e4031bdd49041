package dev.cadenza.onnx;

import dev.cadenza.generation.step.StepModel;
import dev.cadenza.model.Golden;
import dev.cadenza.model.GraphSignature;
import dev.cadenza.model.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plays the golden piece of a version and holds the answers against those that were right when it was published. */
public final class GoldenReplay {
    private static final String LOGP = "logp";

    private GoldenReplay() {}

    /**
     * Writes down what the graph answers to a piece of which every note is given.
     *
     * @param notes {@code [steps, 4]} row-major
     * @param names of the outputs that are kept
     * @param tolerance how far another machine's answers may lie from these
     */
    public static Golden record(
            GraphSession graph,
            GraphKind kind,
            GraphSignature signature,
            int[] notes,
            Collection<String> names,
            Golden.Tolerance tolerance) {
        int attributes = StepModel.ATTRIBUTES;
        List<List<Integer>> forced = new ArrayList<>();
        List<List<Integer>> note = new ArrayList<>();
        note.add(List.of(-1, -1, -1, -1));
        for (int at = 0; at < notes.length; at += attributes) {
            List<Integer> row = List.of(notes[at], notes[at + 1], notes[at + 2], notes[at + 3]);
            forced.add(row);
            note.add(row);
        }
        note.remove(note.size() - 1);
        Golden questions = new Golden(Golden.FORMAT, note, forced, new TreeMap<>(), tolerance);
        return new Golden(Golden.FORMAT, note, forced, answers(graph, kind, signature, questions, names), tolerance);
    }

    /** What is wrong with the answers of the graph, if anything. */
    static Optional<String> mismatch(
            GraphSession graph, GraphKind kind, GraphSignature signature, Golden golden, Golden.Tolerance tolerance) {
        Set<String> names = golden.outputs().keySet();
        if (!names.contains(LOGP) || !signature.golden().containsAll(names)) {
            return Optional.of("golden.json has the outputs " + names + ", expected " + LOGP + " and others of "
                    + signature.golden());
        }
        SortedMap<String, Golden.Tensor> answers = answers(graph, kind, signature, golden, names);
        for (Map.Entry<String, Golden.Tensor> answer : answers.entrySet()) {
            Golden.Tensor expected = Objects.requireNonNull(golden.outputs().get(answer.getKey()));
            Golden.Tensor actual = answer.getValue();
            if (!expected.shape().equals(actual.shape())) {
                return Optional.of(
                        answer.getKey() + " has dims " + actual.shape() + ", golden.json says " + expected.shape());
            }
            for (int i = 0; i < expected.data().size(); i++) {
                if (!tolerance.accepts(actual.data().get(i), expected.data().get(i))) {
                    return Optional.of("golden replay: " + answer.getKey() + "[" + i + "] is "
                            + actual.data().get(i) + ", expected "
                            + expected.data().get(i));
                }
            }
        }
        return Optional.empty();
    }

    private static SortedMap<String, Golden.Tensor> answers(
            GraphSession graph, GraphKind kind, GraphSignature signature, Golden golden, Collection<String> names) {
        int steps = kind.goldenSteps(golden.forcedRows());
        TensorValues in = kind.goldenInputs(signature, golden.noteRows(), golden.forcedRows());
        TensorValues out = graph.run(signature, steps, 1, in);
        SortedMap<String, Golden.Tensor> answers = new TreeMap<>();
        for (TensorSpec spec : signature.outputs()) {
            if (names.contains(spec.name())) {
                Integer[] dims = Arrays.stream(spec.dims(steps, 1))
                        .mapToObj(Math::toIntExact)
                        .toArray(Integer[]::new);
                answers.put(spec.name(), Golden.Tensor.of(out.floats(spec.name()), dims));
            }
        }
        return answers;
    }
}
