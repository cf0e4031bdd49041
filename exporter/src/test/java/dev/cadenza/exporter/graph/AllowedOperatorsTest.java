package dev.cadenza.exporter.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.graph.Operator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is what will be run: a server refuses a graph with any other operator. */
class AllowedOperatorsTest {
    @ParameterizedTest
    @EnumSource(OnnxOperator.class)
    void aServerRunsWhatWeWrite(OnnxOperator operator) {
        assertThat(Operator.allows(operator.domain(), operator.opType()))
                .as("%s is on the list of dev.cadenza.graph.Operator", operator)
                .isTrue();
    }
}
