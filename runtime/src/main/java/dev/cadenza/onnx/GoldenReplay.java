package dev.cadenza.onnx;

import dev.cadenza.generation.StepModel;
import dev.cadenza.model.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plays the golden piece of a version and holds the answers against those that were right when it was published. */
public final class GoldenReplay {
    private GoldenReplay() {}

    /**
     * Writes down what the graph answers to a piece of which every note is given.
     *
     * @param notes {@code [steps, 4]} row-major
     * @param hidden units of the graph's state
     */
    public static Golden record(GraphSession graph, int[] notes, int hidden) {
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
        Golden questions = new Golden(Golden.FORMAT, note, forced, new TreeMap<>(), Golden.Tolerance.EXPORT);
        return new Golden(Golden.FORMAT, note, forced, answers(graph, questions, hidden), Golden.Tolerance.EXPORT);
    }

    /** What is wrong with the answers of the graph, if anything. */
    static Optional<String> mismatch(GraphSession graph, Golden golden, int hidden, Golden.Tolerance tolerance) {
        SortedMap<String, Golden.Tensor> answers = answers(graph, golden, hidden);
        if (!answers.keySet().equals(golden.outputs().keySet())) {
            return Optional.of(
                    "golden.json has the outputs " + golden.outputs().keySet() + ", expected " + answers.keySet());
        }
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

    private static SortedMap<String, Golden.Tensor> answers(GraphSession graph, Golden golden, int hidden) {
        int steps = golden.steps();
        GraphOutputs out = graph.run(GraphInputs.fromStart(steps, 1, golden.noteRows(), golden.forcedRows(), hidden));
        SortedMap<String, Golden.Tensor> answers = new TreeMap<>();
        answers.put("mean", Golden.Tensor.of(out.mean(), steps, 1, 3));
        answers.put("logp", Golden.Tensor.of(out.logp(), steps, 1, 3));
        answers.put("h_next", Golden.Tensor.of(out.h(), 1, 1, hidden));
        answers.put("c_next", Golden.Tensor.of(out.c(), 1, 1, hidden));
        return answers;
    }
}
