package dev.cadenza.trainer.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.zip.CRC32C;

/**
 * Writes scalars and histograms into one TensorBoard event file.
 *
 * <p>Every writer starts a file of its own, {@code events.out.tfevents.<seconds>.cadenza}; TensorBoard reads all files
 * of a folder, in the order of their names, as one run. Events reach the disk at {@link #flush} and {@link #close} at
 * the latest. For one thread.
 *
 * <pre>{@code
 * try (EventWriter events = EventWriter.open(runFolder)) {
 *     events.scalar("loss/train", step, loss);
 *     events.histogram("weights/lstm", step, weights);
 * }
 * }</pre>
 */
public final class EventWriter implements AutoCloseable {
    private static final String FILE_VERSION = "brain.Event:2";

    private final Path file;
    private final OutputStream out;
    private final InstantSource clock;

    private EventWriter(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
    }

    /** Starts an event file in a folder, which is made if it is missing. */
    public static EventWriter open(Path folder) throws IOException {
        return open(folder, InstantSource.system());
    }

    /** {@link #open(Path)} with the wall time of the file's name and of its events from {@code clock}. */
    public static EventWriter open(Path folder, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        String name = "events.out.tfevents." + clock.instant().getEpochSecond() + ".cadenza";
        for (int copy = 1; ; copy++) {
            try {
                EventWriter writer = new EventWriter(folder.resolve(copy == 1 ? name : name + "." + copy), clock);
                writer.writeVersion();
                return writer;
            } catch (FileAlreadyExistsException e) {
                if (copy == 1000) {
                    throw e;
                }
            }
        }
    }

    /** The file that is written. */
    public Path file() {
        return file;
    }

    /**
     * Says that training goes on from an earlier point: TensorBoard then forgets what earlier files of the folder hold
     * at {@code step} and after it.
     */
    public void resumeAt(long step) throws IOException {
        write(event().int64(2, step).message(7, new ProtoMessage().int64(1, 1)));
    }

    /**
     * Writes one point of a curve.
     *
     * @param tag its name; a slash makes groups
     * @param step where on the curve, at least 0
     * @param value any float; TensorBoard marks those that are not finite
     */
    public void scalar(String tag, long step, float value) throws IOException {
        summary(step, taggedValue(tag, step).float32(2, value));
    }

    /**
     * Writes the distribution of values at one step, in 30 buckets of equal width.
     *
     * <p>Values that are not finite have no bucket; when there are any, their number is written as the scalar {@code
     * <tag>/not_finite}.
     *
     * @param tag its name; a slash makes groups
     * @param step at least 0
     * @param values at least one
     */
    public void histogram(String tag, long step, float[] values) throws IOException {
        if (values.length == 0) {
            throw new IllegalArgumentException("values of " + tag + " must not be empty");
        }
        WeightHistogram histogram = new WeightHistogram(values);
        if (histogram.finite() > 0) {
            summary(step, taggedValue(tag, step).message(5, histogram.toProto()));
        }
        if (histogram.finite() < values.length) {
            scalar(tag + "/not_finite", step, values.length - histogram.finite());
        }
    }

    /** Hands what was written so far to the operating system, so that TensorBoard sees it. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void writeVersion() throws IOException {
        write(event().string(3, FILE_VERSION));
        flush();
    }

    private static ProtoMessage taggedValue(String tag, long step) {
        if (tag.isEmpty()) {
            throw new IllegalArgumentException("tag must not be empty");
        }
        if (step < 0) {
            throw new IllegalArgumentException("step (" + step + ") of " + tag + " must not be negative");
        }
        return new ProtoMessage().string(1, tag);
    }

    private void summary(long step, ProtoMessage value) throws IOException {
        write(event().int64(2, step).message(5, new ProtoMessage().message(1, value)));
    }

    private ProtoMessage event() {
        Instant now = clock.instant();
        return new ProtoMessage().float64(1, now.getEpochSecond() + now.getNano() / 1e9);
    }

    private void write(ProtoMessage event) throws IOException {
        byte[] data = event.toBytes();
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(data.length).putInt(maskedCrc(head.array(), Long.BYTES));
        ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(maskedCrc(data, data.length));
        out.write(head.array());
        out.write(data);
        out.write(tail.array());
    }

    /** CRC-32C turned right by 15 bits plus a constant, as TensorFlow's {@code crc32c.h} has it. */
    static int maskedCrc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }
}
