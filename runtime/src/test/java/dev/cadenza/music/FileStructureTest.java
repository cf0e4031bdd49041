package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static dev.cadenza.music.SmfBytes.END;
import static dev.cadenza.music.SmfBytes.chunk;
import static dev.cadenza.music.SmfBytes.file;
import static dev.cadenza.music.SmfBytes.hex;
import static dev.cadenza.music.SmfBytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read although it is odd, what is refused, and where the refusal points. */
class FileStructureTest {
    private static final String NOTE = "00 90 3C 40  30 80 3C 00 ";
    private static final String TRACK_ID = "4D 54 72 6B";
    /** A header alone: format 1, two tracks, 96 ticks per quarter note. */
    private static final byte[] TWO_TRACKS = file(1, 2, 96);

    private static final byte[] ONE_TRACK = file(1, 1, 96);

    @Test
    void formatZeroWithMoreTracksThanItMayHaveIsReadWhole() throws MidiFormatException {
        assertThatScore(read(file(0, 2, 96, NOTE + END, NOTE + END))).hasNoteCount(2);
    }

    @Test
    void tracksBeyondTheDeclaredNumberAreRead() throws MidiFormatException {
        assertThatScore(read(file(1, 1, 96, NOTE + END, NOTE + END, NOTE + END)))
                .hasNoteCount(3);
    }

    @Test
    void aLongerHeaderAndUnknownChunksAreSkipped() throws MidiFormatException {
        byte[] data = join(
                hex("4D 54 68 64 00 00 00 08 00 01 00 02 00 60 AA BB"),
                chunk("58 46 49 48", 3, "01 02 03"),
                chunk(TRACK_ID, 12, NOTE + END),
                chunk("58 46 49 48", 0, ""),
                chunk(TRACK_ID, 12, NOTE + END),
                chunk("58 46 4B 4D", 900, "01 02"));
        assertThatScore(read(data)).hasNoteCount(2);
    }

    @Test
    void bytesBehindTheLastTrackAreSkipped() throws MidiFormatException {
        assertThatScore(read(join(file(NOTE + END), hex("0A")))).hasNoteCount(1);
        assertThatScore(read(join(file(NOTE + END), new byte[100]))).hasNoteCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 5000, 1 << 28, Integer.MAX_VALUE, -1})
    void aWrongTrackLengthIsForgivenWhereTheEndOfTrackIsCertain(int declared) throws MidiFormatException {
        assertThatScore(read(join(ONE_TRACK, chunk(TRACK_ID, declared, NOTE + END))))
                .hasNoteCount(1);
        assertThatScore(read(join(TWO_TRACKS, chunk(TRACK_ID, declared, NOTE + END), chunk(TRACK_ID, 12, NOTE + END))))
                .hasNoteCount(2);
    }

    @Test
    void zerosUpToTheEndOfATrackAreSkipped() throws MidiFormatException {
        byte[] data = join(TWO_TRACKS, chunk(TRACK_ID, 15, NOTE + END + "00 00 00"), chunk(TRACK_ID, 12, NOTE + END));
        assertThatScore(read(data)).hasNoteCount(2);
    }

    @Test
    void aTrackWithoutItsEndIsReadWhenItsLengthIsRight() throws MidiFormatException {
        assertThatScore(read(file(NOTE, NOTE))).hasNoteCount(2);
    }

    @Test
    void anEndOfTrackWithoutItsLastByteIsStillTheEnd() throws MidiFormatException {
        byte[] whole = file(NOTE + END);
        assertThatScore(read(Arrays.copyOf(whole, whole.length - 1))).hasNoteCount(1);
    }

    @Test
    void aRiffWrapperIsTakenOff() throws MidiFormatException {
        byte[] midi = file(NOTE + END);
        byte[] data = join(
                hex("52 49 46 46 00 00 00 00 52 4D 49 44  4C 49 53 54 03 00 00 00 01 02 03 00  64 61 74 61"),
                hex("%02X 00 00 00".formatted(midi.length)),
                midi,
                hex("4D 54 72 6B 00 00 00 00"));
        assertThatScore(read(data)).hasNoteCount(1);
    }

    @Test
    void aFileWithoutNotesIsAScoreWithoutNotes() throws MidiFormatException {
        assertThatScore(read(file(END))).hasNoteCount(0).lastsMicros(0);
        assertThatScore(read(file(1, 0, 96))).hasNoteCount(0);
    }

    @Test
    void systemExclusiveEventsAndTheirPartsAreSkipped() throws MidiFormatException {
        assertThatScore(read(file("00 F0 03 43 12 00  60 F7 03 43 12 F7 " + NOTE + END)))
                .hasNoteCount(1);
    }

    @Test
    void channelEventsOfEveryKindKeepTheirLength() throws MidiFormatException {
        assertThatScore(read(file("00 A0 3C 40  00 B0 07 64  00 C0 05  00 D0 40  00 E0 00 40 " + NOTE + END)))
                .hasNoteCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 0060, format 2, 8",
        "7, 1, 0060, format 7, 8",
        "1, 1, 0000, the time division is 0, 12",
        "1, 1, E700, the time division has 0 ticks per frame, 12",
        "1, 1, 9C28, the time division has 100 frames per second, 12",
        "1, 1, 8028, the time division has 128 frames per second, 12"
    })
    void aHeaderThatCannotBeMetIsRefused(int format, int tracks, String division, String problem, long offset) {
        assertRefused(file(format, tracks, Integer.parseInt(division, 16), NOTE + END), problem, offset, -1);
    }

    @Test
    void whatIsNoMidiFileIsRefused() {
        assertRefused(new byte[0], "not a MIDI file", 0, -1);
        assertRefused(hex("52 49 46 46 00 00 00 00 57 41 56 45"), "not a MIDI file", 0, -1);
        assertRefused(hex("52 49 46 46 00 00 00 00 52 4D 49 44"), "no chunk named data", 12, -1);
        assertRefused(hex("4D 54 68 64 00 00 00 05 00 00 01 00 60"), "the header's length is 5", 8, -1);
        assertRefused(hex("4D 54 68 64 00 00 00 06 00 00 00"), "the header needs 2 bytes but 1 are left", 10, -1);
        assertRefused(hex("4D 54 68 64 FF FF FF FF 00 00 00 01 00 60"), "the header needs 4294967289 bytes", 14, -1);
    }

    @ParameterizedTest
    @CsvSource({
        "00 3C 40, data byte 0x3C without a status, 23",
        "00 FF 01 00 10 3C 00, data byte 0x3C without a status, 27",
        "00 F1 00, status byte 0xF1, 23",
        "00 F8, status byte 0xF8, 23",
        "00 FE, status byte 0xFE, 23",
        "00 90 80 40, a note-on's pitch is 0x80, 24",
        "00 80 3C 90, a note-off's velocity is 0x90, 25",
        "00 B0 40 FF 2F 00, a controller's value is 0xFF, 25",
        "81 80 80 80 00 90 3C 40, a delta time is longer than 4 bytes, 22",
        "00 FF 51 03 00 00 00, a tempo is 0, 26",
        "00 FF 51 02 01 00, a tempo event has 2 bytes, 26",
        "00 FF 01 FF FF FF 7F, a meta event needs 268435455 bytes but 4 are left, 29",
        "00 F0 FF FF FF 7F, a system exclusive event needs 268435455 bytes, 28"
    })
    void eventsThatWouldNeedAGuessAreRefusedWhereTheyAre(String events, String problem, long offset) {
        assertRefused(file(events + END), problem, offset, 0);
    }

    @Test
    void bytesBehindTheEndOfATrackThatIsCutOrHoldsAnotherAreRefused() {
        assertRefused(join(ONE_TRACK, chunk(TRACK_ID, 13, END + NOTE)), "8 bytes follow the end of the track", 26, 0);
        assertRefused(
                join(ONE_TRACK, chunk(TRACK_ID, 25, END + "00 " + TRACK_ID + "00 00 00 0C" + NOTE + END)),
                "21 bytes follow the end of the track",
                26,
                0);
    }

    @Test
    void aTrackThatTheFileCutsOffIsRefused() {
        assertRefused(
                join(ONE_TRACK, chunk(TRACK_ID, 12, NOTE)),
                "the track declares 12 bytes but the file ends after 8, without an end of track",
                30,
                0);
    }

    @Test
    void anEventThatDoesNotEndWithinItsTrackIsRefused() {
        assertRefused(
                join(ONE_TRACK, chunk(TRACK_ID, 10, NOTE + END)),
                "a meta event's type needs 1 bytes but 0 are left",
                32,
                0);
    }

    @Test
    void aTrackBehindBytesThatAreNoChunkIsRefused() {
        assertRefused(
                join(file(NOTE + END), hex("0A"), chunk(TRACK_ID, 12, NOTE + END)),
                "a track lies behind bytes that are not a chunk",
                35,
                -1);
    }

    @Test
    void aTrackThatEndsNowhereIsRefused() {
        assertRefused(join(ONE_TRACK, chunk(TRACK_ID, 8, NOTE + NOTE + END)), "the track has no end", 30, 0);
    }

    @Test
    void aMissingTrackIsRefusedWhateverFollows() {
        assertRefused(
                join(TWO_TRACKS, chunk(TRACK_ID, 12, NOTE + END), hex("4D 54 72 6B 00")), "1 of 2 tracks", 34, -1);
        assertRefused(
                join(TWO_TRACKS, chunk(TRACK_ID, 12, NOTE + END), chunk("4D 54 72 78", 900, NOTE)),
                "1 of 2 tracks are missing",
                34,
                -1);
        assertRefused(TWO_TRACKS, "2 of 2 tracks are missing", 14, -1);
        assertRefused(join(TWO_TRACKS, chunk(TRACK_ID, 12, NOTE + END), hex("00")), "1 of 2 tracks", 34, -1);
        // A track that claims more than there is, and one without its end: neither says that the file is whole.
        assertRefused(join(TWO_TRACKS, chunk(TRACK_ID, 40, NOTE + END)), "1 of 2 tracks", 34, -1);
        assertRefused(join(TWO_TRACKS, chunk(TRACK_ID, 8, NOTE)), "1 of 2 tracks", 30, -1);
    }

    @Test
    void aMissingTrackOfARiffFileThatIsCutIsRefused() {
        byte[] midi = join(TWO_TRACKS, chunk(TRACK_ID, 12, NOTE + END));
        byte[] riff = hex("52 49 46 46 00 00 00 00 52 4D 49 44  64 61 74 61");
        assertRefused(join(riff, hex("FF 00 00 00"), midi), "1 of 2 tracks", riff.length + 4L + midi.length, -1);
    }

    @Test
    void noBeginningOfAFilePassesWithNotesLost() throws MidiFormatException {
        byte[] whole = file("00 FF 51 03 07 A1 20" + END, NOTE + NOTE + END, NOTE + "10 C0 05 " + NOTE + END);
        int notes = read(whole).notes().size();
        int readable = 0;
        int warned = 0;
        for (int length = 0; length <= whole.length; length++) {
            try {
                MidiReading reading = MidiFiles.readWithWarnings(
                        Arrays.copyOf(whole, length), "test", new MidiReadOptions(false, MidiLimits.CORPUS));
                if (reading.warnings().isEmpty()) {
                    assertThat(reading.score().notes()).hasSize(notes);
                    readable++;
                } else {
                    assertThat(reading.warnings().get(0).problem()).contains("of the 3 tracks");
                    warned++;
                }
            } catch (MidiFormatException cut) {
                assertThat(cut.offset()).isBetween(0L, (long) length);
            }
        }
        assertThat(readable)
                .as("the whole file, and the one that lacks its last byte")
                .isEqualTo(2);
        assertThat(warned)
                .as("files that end where their first or second track does")
                .isEqualTo(2);
    }

    @Test
    void aRefusalSaysWhatAndWhere() {
        MidiFormatException refusal = refusal(file(END, "00 F4" + END));
        assertThat(refusal).hasMessage("test: status byte 0xF4 does not belong in a MIDI file (at byte 35, track 1)");
        assertThat(refusal.source()).isEqualTo("test");
        assertThat(refusal.problem()).isEqualTo("status byte 0xF4 does not belong in a MIDI file");
        assertThat(refusal.offset()).isEqualTo(35);
        assertThat(refusal.track()).hasValue(1);
        assertThat(refusal(new byte[3]).track()).isEmpty();
    }

    private static void assertRefused(byte[] data, String problem, long offset, int track) {
        MidiFormatException refusal = refusal(data);
        assertThat(refusal.problem()).contains(problem);
        assertThat(refusal.offset()).as("offset").isEqualTo(offset);
        assertThat(refusal.track().orElse(-1)).as("track").isEqualTo(track);
    }

    private static MidiFormatException refusal(byte[] data) {
        MidiFormatException refusal = catchThrowableOfType(MidiFormatException.class, () -> read(data));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    private static Score read(byte[] data) throws MidiFormatException {
        return MidiFiles.read(data, "test", new MidiReadOptions(false, MidiLimits.CORPUS));
    }
}
