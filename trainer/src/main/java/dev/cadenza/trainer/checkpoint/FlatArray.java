package dev.cadenza.trainer.checkpoint;

import dev.cadenza.console.ByteSize;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An entry that holds all parameters, or all of the updater's state, as one row of float32 in ND4J's own format.
 *
 * <p>ND4J takes shapes, strides and lengths from the bytes and hands them to native code. Here they are only compared with
 * what the network needs.
 */
final class FlatArray {
    private static final String MODE = "MIXED_DATA_TYPES";
    private static final int FIXED_HEADER_BYTES = 65;
    private static final int RANK_AT_MOST = 2;
    private static final int CHUNK_BYTES = 1 << 16;

    private FlatArray() {}

    /**
     * Reads an entry.
     *
     * @param length how many numbers the network needs
     * @throws CheckpointFormatException when the entry holds something else; nothing is allocated before that is known
     */
    static INDArray read(CheckpointZip zip, CheckpointEntry entry, long length)
            throws IOException, CheckpointFormatException {
        long size = zip.size(entry);
        int rank = 0;
        for (int candidate = 1; candidate <= RANK_AT_MOST; candidate++) {
            if (size == FIXED_HEADER_BYTES + shapeBytes(candidate) + length * Float.BYTES) {
                rank = candidate;
            }
        }
        if (rank == 0) {
            throw new CheckpointFormatException("entry " + entry.file() + " would be " + ByteSize.of(size)
                    + "; the network of " + CheckpointEntry.CONFIGURATION.file() + " has " + length + " numbers there");
        }
        int known = rank;
        return zip.read(entry, in -> {
            long[] shape = shape(new DataInputStream(in), entry, known, length);
            return Nd4j.create(values(in, Math.toIntExact(length)), shape, 'c');
        });
    }

    private static int shapeBytes(int rank) {
        return Long.BYTES * (2 * rank + 4);
    }

    private static long[] shape(DataInputStream in, CheckpointEntry entry, int rank, long length)
            throws IOException, CheckpointFormatException {
        expect(entry, "allocation of the shape", MODE, in.readUTF());
        expect(entry, "length of the shape", 2L * rank + 4, in.readLong());
        expect(entry, "data type of the shape", "LONG", in.readUTF());
        expect(entry, "rank", (long) rank, in.readLong());
        long[] shape = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = in.readLong();
            expect(entry, "axis " + axis, axis == rank - 1 ? length : 1, shape[axis]);
        }
        // Strides, flags, the step between elements and the order: the numbers lie in a row, whatever these say.
        in.skipNBytes((rank + 3L) * Long.BYTES);
        expect(entry, "allocation of the numbers", MODE, in.readUTF());
        expect(entry, "count of numbers", length, in.readLong());
        expect(entry, "data type of the numbers", "FLOAT", in.readUTF());
        return shape;
    }

    private static void expect(CheckpointEntry entry, String what, Object expected, Object found)
            throws CheckpointFormatException {
        if (!expected.equals(found)) {
            throw new CheckpointFormatException(
                    "entry " + entry.file() + ": " + what + " (" + found + ") must be " + expected);
        }
    }

    private static float[] values(InputStream in, int length) throws IOException {
        float[] values = new float[length];
        FloatBuffer to = FloatBuffer.wrap(values);
        byte[] chunk = new byte[CHUNK_BYTES];
        while (to.hasRemaining()) {
            int bytes = (int) Math.min(CHUNK_BYTES, (long) to.remaining() * Float.BYTES);
            if (in.readNBytes(chunk, 0, bytes) < bytes) {
                throw new EOFException("it ends early");
            }
            to.put(ByteBuffer.wrap(chunk, 0, bytes).asFloatBuffer());
        }
        return values;
    }
}
