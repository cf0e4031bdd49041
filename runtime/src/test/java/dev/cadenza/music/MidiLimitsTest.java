package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static dev.cadenza.music.SmfBytes.END;
import static dev.cadenza.music.SmfBytes.file;
import static dev.cadenza.music.SmfBytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MidiLimitsTest {
    /** Ten notes of a quarter of a second, one after another. */
    private static final byte[] TEN_NOTES = file("00 90 3C 40  30 3C 00 ".repeat(10) + END);

    @Test
    void aFileWithinItsLimitsIsRead() throws MidiFormatException {
        assertThatScore(read(TEN_NOTES, new MidiLimits(TEN_NOTES.length, 21, 4.75)))
                .hasNoteCount(10);
    }

    @Test
    void tooManyBytesAreRefused() {
        assertRefused(TEN_NOTES, new MidiLimits(TEN_NOTES.length - 1, 21, 60), "the file is larger than");
    }

    @Test
    void tooManyEventsAreRefused() {
        assertRefused(TEN_NOTES, new MidiLimits(1000, 20, 60), "more than 20 events");
    }

    @Test
    void tooManySecondsAreRefused() {
        assertRefused(TEN_NOTES, new MidiLimits(1000, 100, 2.4), "the music lasts");
    }

    @Test
    void aTinyFileOfADayIsRefused() {
        assertRefused(file("00 90 3C 40  FF FF FF 7F 80 3C 00" + END), MidiLimits.CORPUS, "the music lasts 1398101");
    }

    @Test
    void ticksWithoutEndAreRefused() {
        String silence = "FF FF FF 7F FF 01 00 ".repeat(1100);
        assertRefused(file(silence + END), MidiLimits.CORPUS, "must be below 274877906943");
    }

    @Test
    void aFileOnDiskThatIsTooLargeIsRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large.mid");
        Files.write(file, TEN_NOTES);
        assertThatExceptionOfType(MidiFormatException.class)
                .isThrownBy(() -> MidiFiles.read(file, options(new MidiLimits(20, 100, 60))))
                .withMessageContaining("large.mid: the file is larger than 20 bytes");
    }

    /** 36 bytes that claim a text of 256 MB, a track of 4 GB, and 65,535 tracks. */
    @Test
    void nothingIsAllocatedOnAClaim() {
        byte[] hostile = hex("4D 54 68 64 00 00 00 06 00 01 FF FF 00 60  4D 54 72 6B FF FF FF F0"
                + "00 FF 01 FF FF FF 7F 41 41 41 41 41 41 41");
        assertThat(hostile).hasSize(36);
        assertRefused(hostile, MidiLimits.PROMPT, "a meta event needs 268435455 bytes but 7 are left");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        assertRefused(hostile, MidiLimits.PROMPT, "a meta event");
        assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(4L << 20);
    }

    private static void assertRefused(byte[] data, MidiLimits limits, String problem) {
        assertThatExceptionOfType(MidiFormatException.class)
                .isThrownBy(() -> read(data, limits))
                .withMessageContaining(problem);
    }

    private static Score read(byte[] data, MidiLimits limits) throws MidiFormatException {
        return MidiFiles.read(data, "test", options(limits));
    }

    private static MidiReadOptions options(MidiLimits limits) {
        return new MidiReadOptions(true, limits);
    }
}
