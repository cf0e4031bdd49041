package dev.cadenza.trainer.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads event files back as nested maps from field number to value, and checks every checksum. */
final class EventReader {
    private EventReader() {}

    static List<Map<Integer, Object>> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(maskedCrc(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(maskedCrc(data));
            events.add(message(data));
        }
        return events;
    }

    /** Fields by number: Long, Double, Float or byte[]. */
    static Map<Integer, Object> message(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Object> fields = new TreeMap<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            int field = (int) (key >>> 3);
            Object value = switch ((int) (key & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getDouble();
                case 5 -> in.getFloat();
                case 2 -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    yield bytes;
                }
                default -> throw new AssertionError("wire type of " + key);
            };
            assertThat(fields.put(field, value)).isNull();
        }
        return fields;
    }

    /** The one Summary.Value of an event. */
    static Map<Integer, Object> summaryValue(Map<Integer, Object> event) {
        return nested(nested(event, 5), 1);
    }

    static Map<Integer, Object> nested(Map<Integer, Object> fields, int field) {
        return message((byte[]) fields.getOrDefault(field, new byte[0]));
    }

    static String string(Map<Integer, Object> fields, int field) {
        return new String((byte[]) fields.getOrDefault(field, new byte[0]), UTF_8);
    }

    static double[] doubles(Map<Integer, Object> fields, int field) {
        byte[] bytes = (byte[]) fields.getOrDefault(field, new byte[0]);
        double[] values = new double[bytes.length / 8];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** Bit by bit, from the definition: reflected polynomial 0x82f63b78. */
    private static int maskedCrc(byte[] data) {
        int crc = -1;
        for (byte value : data) {
            crc ^= value & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }
}
