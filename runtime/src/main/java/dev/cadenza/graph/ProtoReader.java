package dev.cadenza.graph;

import java.nio.charset.StandardCharsets;

/**
 * The fields of one protobuf message, one after the other. Stricter than protobuf: a field must have the type that its
 * reader expects. Nothing is copied but what is asked for.
 */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_TEXT = 1 << 16;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int wireType;

    ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean hasNext() {
        return at < end;
    }

    /** The number of the next field, whose content is to be read or skipped now. */
    int field() throws UnsafeGraphException {
        long tag = varint();
        long field = tag >>> 3;
        if (field == 0 || field >= 1 << 29) {
            throw malformed("an impossible field number");
        }
        wireType = (int) (tag & 7);
        return (int) field;
    }

    long number() throws UnsafeGraphException {
        require(VARINT);
        return varint();
    }

    void real() throws UnsafeGraphException {
        require(FIXED32);
        skip(Integer.BYTES);
    }

    String text() throws UnsafeGraphException {
        require(BYTES);
        int length = length();
        if (length > LONGEST_TEXT) {
            throw malformed("a name of " + length + " bytes");
        }
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
    }

    /** A message, or bytes: the reader of what is in it. */
    ProtoReader message() throws UnsafeGraphException {
        require(BYTES);
        int length = length();
        int from = skip(length);
        return new ProtoReader(bytes, from, from + length);
    }

    /** Repeated numbers, one or a packed list of them. */
    void numbers(LongList into) throws UnsafeGraphException {
        if (wireType == BYTES) {
            ProtoReader packed = message();
            while (packed.hasNext()) {
                into.add(packed.varint());
            }
        } else {
            into.add(number());
        }
    }

    /** Bytes that are left. */
    int remaining() {
        return end - at;
    }

    /** Eight bytes, the lowest first. */
    long littleEndianLong() throws UnsafeGraphException {
        return littleEndian(Long.BYTES);
    }

    /** Four bytes, the lowest first. */
    int littleEndianInt() throws UnsafeGraphException {
        return (int) littleEndian(Integer.BYTES);
    }

    private long littleEndian(int count) throws UnsafeGraphException {
        int from = skip(count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (bytes[from + i] & 0xff);
        }
        return value;
    }

    void skipField() throws UnsafeGraphException {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> skip(Long.BYTES);
            case FIXED32 -> skip(Integer.BYTES);
            case BYTES -> skip(length());
            default -> throw malformed("an unknown wire type");
        }
    }

    private int length() throws UnsafeGraphException {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed("a field longer than what holds it");
        }
        return (int) length;
    }

    private int skip(int count) throws UnsafeGraphException {
        if (count > end - at) {
            throw malformed("ends within a field");
        }
        int from = at;
        at += count;
        return from;
    }

    private void require(int type) throws UnsafeGraphException {
        if (wireType != type) {
            throw malformed("a field of wire type " + wireType + ", expected " + type);
        }
    }

    private long varint() throws UnsafeGraphException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = bytes[skip(1)];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number longer than ten bytes");
    }

    private UnsafeGraphException malformed(String problem) {
        return new UnsafeGraphException("is not an ONNX file: " + problem + " at byte " + at);
    }
}
