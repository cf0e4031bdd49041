package dev.cadenza.graph;

import static dev.cadenza.graph.OnnxBytes.node;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs that would hang or kill the process that runs them, and all that were ever published. */
class GraphCheckTest {
    private static final int FLOAT = 1;
    private static final int BOOL = 9;
    private static final Map<String, Long> ONE_STEP = Map.of("seq", 1L, "batch", 1L);

    /** {@code x [seq, batch, 4]} in, {@code y} out. */
    private static OnnxBytes graph(OnnxBytes... nodes) {
        return new OnnxBytes()
                .nodes(nodes)
                .longs("huge", false, 100_000, 100_000)
                .longs("one", false, 1)
                .longs("ever", true, Long.MAX_VALUE)
                .constant("yes", BOOL, new byte[] {1})
                .constant("number", FLOAT, new byte[4])
                .constant("column", FLOAT, new byte[400_000], 100_000, 1)
                .constant("row", FLOAT, new byte[400_000], 1, 100_000)
                .declared(11, "x", FLOAT, "seq", "batch", "4")
                .declared(12, "y", FLOAT);
    }

    private static OnnxBytes body(OnnxBytes... nodes) {
        return new OnnxBytes().nodes(nodes);
    }

    private static OnnxBytes endless() {
        return node("Loop", "ever yes x", "y")
                .graph(
                        "body",
                        body(node("Identity", "condition", "go_on"), node("Neg", "carried", "changed"))
                                .declared(11, "turn", 7)
                                .declared(11, "condition", BOOL)
                                .declared(11, "carried", FLOAT)
                                .declared(12, "go_on", BOOL)
                                .declared(12, "changed", FLOAT));
    }

    private static OnnxBytes scan(OnnxBytes body, String inputs, int sequences) {
        return node("Scan", inputs, "y").integer("num_scan_inputs", sequences).graph("body", body);
    }

    /** Doubles its length with every node: 4 x 2^40. */
    private static OnnxBytes doubling() {
        OnnxBytes[] nodes = new OnnxBytes[40];
        for (int i = 0; i < nodes.length; i++) {
            String from = i == 0 ? "x" : "t" + i;
            nodes[i] = node("Concat", from + " " + from, i == nodes.length - 1 ? "y" : "t" + (i + 1))
                    .integer("axis", -1);
        }
        return graph(nodes);
    }

    /** Products of large matrices, each of a size that is allowed. */
    private static OnnxBytes laborious() {
        OnnxBytes[] nodes = new OnnxBytes[9];
        nodes[0] = node("MatMul", "square square", "t1");
        for (int i = 1; i < nodes.length; i++) {
            nodes[i] = node("MatMul", "t" + i + " square", i == nodes.length - 1 ? "y" : "t" + (i + 1));
        }
        return graph(nodes).constant("square", FLOAT, new byte[4 * 1500 * 1500], 1500, 1500);
    }

    private static OnnxBytes slices() {
        return body(node("Neg", "slice", "z")).declared(11, "slice", FLOAT).declared(12, "z", FLOAT);
    }

    private static OnnxBytes tanh() {
        return body(node("Tanh", "slice", "z")).declared(11, "slice", FLOAT).declared(12, "z", FLOAT);
    }

    static Stream<Arguments> hostile() {
        OnnxBytes nested = body(node("Scan", "row", "w")
                        .integer("num_scan_inputs", 1)
                        .integers("scan_input_axes", 1)
                        .graph("body", tanh()))
                .declared(11, "outer", FLOAT)
                .declared(12, "w", FLOAT);
        return Stream.of(
                Arguments.of("an endless loop", graph(endless()), "node 'the-Loop' (Loop): the operator is not on"),
                Arguments.of(
                        "a loop in a branch",
                        graph(node("If", "yes", "y")
                                .graph("then_branch", body(endless()).declared(12, "y", FLOAT))
                                .graph("else_branch", body().declared(12, "x", FLOAT))),
                        "node 'the-Loop' (Loop)"),
                Arguments.of(
                        "a loop in a loop",
                        graph(scan(body(endless()).declared(11, "slice", FLOAT).declared(12, "y", FLOAT), "x", 1)),
                        "node 'the-Loop' (Loop)"),
                Arguments.of(
                        "10^10 loops within loops",
                        graph(scan(nested, "column", 1)),
                        "node 'the-Scan' (Scan): it would turn"),
                Arguments.of(
                        "40 GB of zeros",
                        graph(node("ConstantOfShape", "huge", "y")),
                        "node 'the-ConstantOfShape' (ConstantOfShape): the operator is not on the list"),
                Arguments.of("40 GB of copies", graph(node("Expand", "number huge", "y")), "numbers, at most"),
                Arguments.of(
                        "40 GB of copies, by a computed shape",
                        graph(node("Cast", "x", "t").integer("to", 7), node("Expand", "number t", "y")),
                        "node 'the-Expand' (Expand): its input 't' decides how large its output is"),
                Arguments.of(
                        "40 GB of padding",
                        graph(node("Pad", "one big", "y")).longs("big", false, 0, 5_000_000_000L),
                        "node 'the-Pad' (Pad): a size of 5000000000"),
                Arguments.of(
                        "a product of 10^10",
                        graph(node("MatMul", "column row", "y")),
                        "node 'the-MatMul' (MatMul): with"),
                Arguments.of("a sum of 10^10", graph(node("Add", "column row", "y")), "node 'the-Add' (Add): with"),
                Arguments.of(
                        "10^10 rows of a table",
                        graph(
                                node("Cast", "row", "t").integer("to", 7),
                                node("Gather", "row t", "y").integer("axis", 0)),
                        "numbers, at most"),
                Arguments.of("40 doublings", doubling(), "numbers, at most"),
                Arguments.of("hours of work", laborious(), "node 'the-MatMul' (MatMul): with it a run takes more"),
                Arguments.of(
                        "a loop's output that claims 10^10",
                        graph(scan(
                                body(node("Tanh", "slice", "z"))
                                        .declared(11, "slice", FLOAT)
                                        .declared(12, "z", FLOAT, "100000", "100000"),
                                "x",
                                1)),
                        "is declared as [100000, 100000] and has dims [1, 4]"),
                Arguments.of(
                        "a state that grows",
                        graph(scan(
                                body(node("Concat", "state state", "more").integer("axis", 0))
                                        .declared(11, "state", FLOAT)
                                        .declared(11, "slice", FLOAT)
                                        .declared(12, "more", FLOAT),
                                "x x",
                                1)),
                        "a state of dims [1, 1, 4] becomes one of [2, 1, 4]"),
                Arguments.of(
                        "an unknown operator",
                        graph(node("Frobnicate", "x", "y")),
                        "node 'the-Frobnicate' (Frobnicate): the operator is not on the list"),
                Arguments.of(
                        "a custom domain",
                        graph(node("org.evil", "Add", "x x", "y")),
                        "node 'the-Add' (org.evil:Add): the operator is not on the list"),
                Arguments.of(
                        "a name with a line break",
                        graph(node("Add\nINFO all is well", "x x", "y")),
                        "(Add\\nINFO all is well)"),
                Arguments.of(
                        "texts",
                        graph(node("Cast", "x", "y").integer("to", 8)),
                        "node 'the-Cast' (Cast): to (8) must be"),
                Arguments.of(
                        "an attribute that is not known",
                        graph(node("LSTM", "x x x", "y").integer("layout", 1)),
                        "node 'the-LSTM' (LSTM): the attribute 'layout' is not on the list"),
                Arguments.of("a tensor from nowhere", graph(node("Tanh", "z", "y")), "nothing before it makes 'z'"),
                Arguments.of(
                        "an LSTM of many units",
                        graph(node("LSTM", "x w r", "y").integer("hidden_size", 1 << 30))
                                .constant("w", FLOAT, new byte[4 * 8 * 4], 1, 8, 4)
                                .constant("r", FLOAT, new byte[4 * 8 * 2], 1, 8, 2),
                        "hidden_size (1073741824) must be 2"),
                Arguments.of(
                        "a constant that claims more than it has",
                        graph(node("Tanh", "x", "y")).constant("big", FLOAT, new byte[4], 16_000, 16_000),
                        "constant 'big' has 4 bytes, its dims [16000, 16000] say 1024000000"),
                Arguments.of(
                        "a constant of 2^62",
                        graph(node("Tanh", "x", "y")).constant("big", FLOAT, new byte[4], 1L << 31, 1L << 31),
                        "constant 'big' has the dims"),
                Arguments.of(
                        "a constant of less than nothing",
                        graph(node("Tanh", "x", "y")).constant("big", FLOAT, new byte[4], -1, -1),
                        "constant 'big' has the dim -1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedByTheNameOfItsNode(String name, OnnxBytes graph, String why) {
        assertThatThrownBy(() -> GraphCheck.of(OnnxBytes.model(graph)).run(ONE_STEP))
                .isInstanceOf(UnsafeGraphException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatTheOthersHaveAroundThemIsAllowed() {
        OnnxBytes plain = graph(
                node("If", "yes", "t")
                        .graph("then_branch", body(node("Tanh", "x", "a")).declared(12, "a", FLOAT))
                        .graph("else_branch", body(node("Sigmoid", "x", "b")).declared(12, "b", FLOAT)),
                scan(tanh(), "t", 1));
        assertThatCode(() -> GraphCheck.of(OnnxBytes.model(plain)).run(ONE_STEP))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> GraphCheck.of(OnnxBytes.model(graph(scan(slices(), "x", 1))))
                        .run(ONE_STEP))
                .hasMessageContaining("'the-Neg' (Neg)");
    }

    @Test
    void functionsOtherOperatorSetsAndSecondGraphsAreRefused() {
        byte[] good = OnnxBytes.model(graph(node("Tanh", "x", "y")));
        for (Object[] more : new Object[][] {
            {new OnnxBytes().message(25, new OnnxBytes().text(1, "Tanh")), "functions of its own"},
            {new OnnxBytes().message(8, new OnnxBytes().text(1, "org.evil").number(2, 1)), "'org.evil' in version 1"},
            {new OnnxBytes().message(7, graph(endless())), "gives the graph twice"},
            {new OnnxBytes().message(20, new OnnxBytes()), "not allowed: 20"},
            {new OnnxBytes().message(8, new OnnxBytes().text(1, "ai.onnx").number(2, 99)), "in version 99"}
        }) {
            byte[] tail = ((OnnxBytes) more[0]).toBytes();
            byte[] model = Arrays.copyOf(good, good.length + tail.length);
            System.arraycopy(tail, 0, model, good.length, tail.length);
            assertThatThrownBy(() -> GraphCheck.of(model).run(ONE_STEP)).hasMessageContaining((String) more[1]);
        }
    }

    @Test
    void randomBytesAreRefusedAndNothingElse() throws Exception {
        byte[] good = OnnxBytes.model(graph(scan(tanh(), "x", 1)));
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(good, 700);
            for (int k = 0; k < 3; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                GraphCheck.of(bytes).run(ONE_STEP);
            } catch (UnsafeGraphException e) {
                assertThatCode(e::getMessage).doesNotThrowAnyException();
            }
        }
    }

    static List<Path> published() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../models"))) {
            return files.filter(file -> file.endsWith("model.onnx")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyPublishedModelIsAllowed(Path file) throws Exception {
        GraphCheck check = GraphCheck.of(Files.readAllBytes(file));
        for (long many = 1; many <= 64; many++) {
            check.run(Map.of("seq", many, "batch", 1L));
            check.run(Map.of("seq", 1L, "batch", many));
        }
    }
}
