package dev.cadenza.exporter.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
    private final OnnxGraph graph = new OnnxGraph("test");
    private final OnnxRef one = graph.floats("one", new float[] {1});

    @Test
    void refusesTooFewInputs() {
        assertThatThrownBy(() -> graph.node(OnnxOperator.ADD, "sum", List.of(one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Add takes 2..2 inputs, given 1");
    }

    @Test
    void refusesTooManyOutputs() {
        assertThatThrownBy(() -> graph.node(OnnxOperator.ADD, List.of("a", "b"), List.of(one, one)))
                .hasMessage("Add has 1..1 outputs, given 2");
    }

    @Test
    void refusesAMissingAttribute() {
        assertThatThrownBy(() -> graph.node(OnnxOperator.CAST, "cast", List.of(one)))
                .hasMessage("Cast needs the attributes [to]");
    }

    @Test
    void refusesAnUnknownAttribute() {
        assertThatThrownBy(() ->
                        graph.node(OnnxOperator.ROUND, "rounded", List.of(one), new OnnxAttribute.Int("digits", 2)))
                .hasMessageContaining("Round has the attributes []")
                .hasMessageContaining("digits");
    }

    @Test
    void refusesAnAttributeOfTheWrongType() {
        assertThatThrownBy(() -> graph.node(
                        OnnxOperator.CAST, "cast", List.of(one), new OnnxAttribute.Strings("to", List.of("float"))))
                .hasMessageContaining("Cast has the attributes");
    }

    @Test
    void refusesATensorThatIsNotThereYet() {
        assertThatThrownBy(() -> graph.node(OnnxOperator.ADD, "sum", List.of(one, new OnnxRef("later"))))
                .hasMessage("tensor (later) is not in the graph yet");
    }

    @Test
    void refusesANameTwice() {
        assertThatThrownBy(() -> graph.node(OnnxOperator.ADD, "one", List.of(one, one)))
                .hasMessage("tensor (one) must have a name of its own");
    }

    @Test
    void refusesDimsThatDoNotFitTheData() {
        assertThatThrownBy(() -> graph.floats("matrix", new float[5], 2, 3))
                .hasMessage("matrix has 5 elements, its dims say 6");
    }

    @Test
    void aBranchSeesWhatIsAroundItAndKeepsItsOwn() {
        OnnxGraph branch = graph.branch("then");
        OnnxRef inner = branch.node(OnnxOperator.ADD, "inner", List.of(one, branch.floats("two", new float[] {2})));
        assertThat(branch.toBranch(inner).getInitializerCount()).isZero();
        graph.node(OnnxOperator.ADD, "outer", List.of(one, new OnnxRef("two")));
        assertThatThrownBy(() -> graph.node(OnnxOperator.ADD, "sum", List.of(one, inner)))
                .hasMessage("tensor (inner) is not in the graph yet");
        assertThatThrownBy(() -> branch.node(OnnxOperator.ADD, "one", List.of(inner, inner)))
                .hasMessage("tensor (one) must have a name of its own");
    }
}
