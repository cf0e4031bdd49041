package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static dev.cadenza.music.SmfBytes.END;
import static dev.cadenza.music.SmfBytes.file;
import static dev.cadenza.music.SmfBytes.hex;
import static dev.cadenza.music.SmfBytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is against the standard and read all the same, and what is named when it is not a MIDI file. */
class ReadingWarningsTest {
    private static final String NOTE = "00 90 3C 40  30 80 3C 00 ";

    @ParameterizedTest
    @CsvSource({"FF 01 02 25 2B", "FF 51 03 07 A1 20", "F0 02 43 F7", "F7 01 F8", "FF 7F 00"})
    void runningStatusGoesOnAfterOtherEvents(String other) throws MidiFormatException {
        MidiReading reading = read(file("00 90 3C 40  30 " + other + "  00 3C 00  00 3E 41  30 3E 00" + END));
        assertThatScore(reading.score()).hasExactly(new Note(0, 60, 64, 0, 48), new Note(0, 62, 65, 48, 48));
        assertThat(reading.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.problem()).startsWith("running status goes on after a meta or system exclusive event:");
            assertThat(warning.offset()).isEqualTo(28 + hex(other).length);
            assertThat(warning.message()).endsWith("(at byte " + warning.offset() + ", track 0)");
        });
    }

    @Test
    void aWarningComesOnceAndCounts() throws MidiFormatException {
        String odd = "00 90 3C 40  00 FF 01 00  30 3C 00  00 FF 01 00  00 3C 41  30 3C 00";
        MidiReading reading = read(file(odd + END, odd + END + "01 02", NOTE + END + "7F"));
        assertThatScore(reading.score()).hasNoteCount(5);
        assertThat(reading.warnings())
                .extracting(MidiWarning::problem)
                .containsExactly(
                        "running status goes on after a meta or system exclusive event, 4 times: read as the channel"
                                + " event before it",
                        "3 bytes follow the end of 2 tracks: left out");
    }

    @Test
    void aStatusOfItsOwnAfterOtherEventsIsNoWarning() throws MidiFormatException {
        assertThat(read(file("00 90 3C 40  00 FF 01 00  30 90 3C 00  00 3E 41  30 3E 00" + END))
                        .warnings())
                .isEmpty();
    }

    @Test
    void bytesBehindTheEndOfATrackAreLeftOut() throws MidiFormatException {
        MidiReading reading = read(file(NOTE + END + NOTE, NOTE + END));
        assertThatScore(reading.score()).hasNoteCount(2);
        assertThat(reading.warnings())
                .extracting(MidiWarning::message)
                .containsExactly("8 bytes follow the end of a track: left out (at byte 34, track 0)");
        assertThat(read(file(NOTE + END + "00 00 00")).warnings()).isEmpty();
    }

    @Test
    void aHeaderMayDeclareMoreTracksThanThereAreWhenTheFileEndsWhereOneDoes() throws MidiFormatException {
        MidiReading reading = read(file(1, 5, 96, NOTE + END, NOTE + END));
        assertThatScore(reading.score()).hasNoteCount(2);
        assertThat(reading.warnings())
                .extracting(MidiWarning::message)
                .containsExactly("3 of the 5 tracks that the header declares are missing (at byte 54)");
        assertThat(read(file(1, 2, 96, NOTE + END, NOTE + END)).warnings()).isEmpty();
        assertThat(read(file(1, 1, 96, NOTE + END, NOTE + END)).warnings()).isEmpty();
    }

    @Test
    void whatIsGzippedIsNamed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(file(NOTE + END));
        }
        assertNamed(packed.toByteArray(), "gzip");
    }

    @Test
    void otherFormatsAreNamed() {
        assertNamed(text("SMF2CLIP\0\0\0"), "MIDI 2.0 clip");
        assertNamed(
                text("<?xml version=\"1.0\"?>\n<!DOCTYPE score-partwise PUBLIC \"-\">\n<score-partwise>"), "MusicXML");
        assertNamed(text("\n <score-timewise version=\"4.0\">"), "MusicXML");
        assertNamed("\uFEFF<?xml version='1.0'?><score-partwise/>".getBytes(StandardCharsets.UTF_8), "MusicXML");
        assertNamed("\uFEFF<?xml version='1.0'?><score-partwise/>".getBytes(StandardCharsets.UTF_16LE), "MusicXML");
        assertNamed("\uFEFF<?xml version='1.0'?><score-partwise/>".getBytes(StandardCharsets.UTF_16BE), "MusicXML");
        assertNamed(text("<?xml version='1.0'?><svg/>"), "XML");
        assertNamed(text("PK\u0003\u0004 META-INF/container.xml"), "compressed MusicXML");
        assertNamed(text("PK\u0003\u0004"), "zip");
        assertNamed(text("<!DOCTYPE html><html><body>404"), "HTML");
        assertNamed(text("\r\n<HTML>"), "HTML");
        assertNamed(text("RIFF1234WAVEfmt "), "RIFF file of the form WAVE, not RMID");
        assertNamed(text("RIFF1234\n\u0001A\u00FF"), "RIFF file of the form ??A?, not RMID");
        assertNamed(text("TVRoZAAAAAYAAQAC"), "base64");
        assertNamed(text("ID3"), "recorded sound");
        assertNamed(new byte[0], "it is empty");
        assertNamed(text("hello"), "it does not begin with MThd");
        assertNamed(text("<"), "it does not begin with MThd");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertNamed(byte[] data, String name) {
        for (byte[] whole : List.of(data, join(data, new byte[10_000]))) {
            if (data.length > 0 || whole.length == 0) {
                assertThatThrownBy(() -> read(whole)).isInstanceOfSatisfying(MidiFormatException.class, refusal -> {
                    assertThat(refusal.problem())
                            .startsWith("not a MIDI file: ")
                            .contains(name);
                    assertThat(refusal.offset()).isZero();
                });
            }
        }
    }

    private static MidiReading read(byte[] data) throws MidiFormatException {
        return MidiFiles.readWithWarnings(data, "test", new MidiReadOptions(false, MidiLimits.CORPUS));
    }
}
