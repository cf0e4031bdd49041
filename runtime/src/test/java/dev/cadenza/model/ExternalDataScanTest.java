package dev.cadenza.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalDataScanTest {
    private static final byte[] EXTERNAL_LOCATION = {14 << 3, 1};
    private static final byte[] DEFAULT_LOCATION = {14 << 3, 0};
    private static final byte[] EXTERNAL_ENTRY = field(13, new byte[] {});

    /** Paths of field numbers from ModelProto to a TensorProto. */
    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("initializer", new int[] {7, 5}),
                Arguments.of("attribute's tensor", new int[] {7, 1, 5, 5}),
                Arguments.of("attribute's tensors", new int[] {7, 1, 5, 10}),
                Arguments.of("subgraph's initializer", new int[] {7, 1, 5, 6, 5}),
                Arguments.of("subgraphs' nodes", new int[] {7, 1, 5, 11, 1, 5, 5}),
                Arguments.of("sparse initializer's values", new int[] {7, 15, 1}),
                Arguments.of("sparse initializer's indices", new int[] {7, 15, 2}),
                Arguments.of("attribute's sparse tensor", new int[] {7, 1, 5, 22, 1}),
                Arguments.of("attribute's sparse tensors", new int[] {7, 1, 5, 23, 2}),
                Arguments.of("function's node", new int[] {25, 7, 5, 5}),
                Arguments.of("function's default attribute", new int[] {25, 11, 5}),
                Arguments.of("training's initialization", new int[] {20, 1, 5}),
                Arguments.of("training's algorithm", new int[] {20, 2, 5}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void findsExternalTensorsWhereverTheyAre(String name, int[] way) throws Exception {
        assertThat(ExternalDataScan.finds(nested(way, EXTERNAL_LOCATION))).isTrue();
        assertThat(ExternalDataScan.finds(nested(way, EXTERNAL_ENTRY))).isTrue();
        assertThat(ExternalDataScan.finds(nested(way, DEFAULT_LOCATION))).isFalse();
    }

    @Test
    void findsALocationThatIsSetAndSetBack() throws Exception {
        assertThat(ExternalDataScan.finds(nested(new int[] {7, 5}, concat(EXTERNAL_LOCATION, DEFAULT_LOCATION))))
                .isTrue();
    }

    @Test
    void theFixtureKeepsItsDataInTheFile() throws Exception {
        assertThat(ExternalDataScan.finds(TestModels.tiny().model())).isFalse();
    }

    @Test
    void bytesThatAreNoProtobufAreMalformed() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0x80}, // a number without an end
            {0x3a, 5, 1}, // a graph of five bytes, of which there is one
            {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
            {0x0b}, // a group
            {0x00, 0x00}, // field 0
            {0x09, 1, 2}, // eight bytes, of which there are two
        }) {
            assertThatThrownBy(() -> ExternalDataScan.finds(bytes))
                    .as(Arrays.toString(bytes))
                    .isInstanceOf(ExternalDataScan.MalformedException.class);
        }
    }

    @Test
    void subgraphsWithoutEndAreMalformed() {
        byte[] deep = {};
        for (int i = 0; i < 200; i++) {
            deep = field(1, field(5, field(6, deep)));
        }
        byte[] model = field(7, deep);
        assertThatThrownBy(() -> ExternalDataScan.finds(model)).hasMessageContaining("nested deeper");
    }

    @Test
    void randomBytesNeverDoAnythingElse() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            try {
                ExternalDataScan.finds(field(7, bytes));
            } catch (ExternalDataScan.MalformedException e) {
                assertThat(e).hasMessageContaining("at byte");
            }
        }
    }

    private static byte[] nested(int[] way, byte[] tensor) {
        byte[] message = tensor;
        for (int i = way.length - 1; i >= 0; i--) {
            message = field(way[i], message);
        }
        return message;
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, number << 3 | 2);
        varint(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
