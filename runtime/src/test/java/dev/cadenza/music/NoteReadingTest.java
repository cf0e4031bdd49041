package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static dev.cadenza.music.SmfBytes.END;
import static dev.cadenza.music.SmfBytes.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteReadingTest {
    @Test
    void runningStatusAndVelocityZeroEndNotes() throws MidiFormatException {
        Score score = read(file("00 90 3C 40  30 3C 00  00 3E 41  30 3E 00" + END));
        assertThatScore(score).hasExactly(new Note(0, 60, 64, 0, 48), new Note(0, 62, 65, 48, 48));
    }

    @Test
    void overlappingNotesOfAKeyEndInTheOrderTheyBegan() throws MidiFormatException {
        Score score = read(file("00 90 3C 40  10 90 3C 41  10 90 3C 42  10 80 3C 00  10 80 3C 00  10 80 3C 00" + END));
        assertThatScore(score)
                .hasExactly(new Note(0, 60, 64, 0, 48), new Note(0, 60, 65, 16, 48), new Note(0, 60, 66, 32, 48));
    }

    @Test
    void aNoteThatIsNeverReleasedEndsWithItsTrack() throws MidiFormatException {
        Score score = read(file("00 90 3C 40  30 FF 2F 00", "00 91 3C 40  20 81 3C 00  60 FF 2F 00"));
        assertThatScore(score).hasExactly(new Note(0, 60, 64, 0, 48), new Note(1, 60, 64, 0, 32));
    }

    @Test
    void twoTracksOnOneChannelEndTheirOwnNotes() throws MidiFormatException {
        Score score = read(file("00 90 3C 40  60 80 3C 00" + END, "10 90 3C 41  10 80 3C 00" + END));
        assertThatScore(score).hasExactly(new Note(0, 60, 64, 0, 96), new Note(0, 60, 65, 16, 16));
    }

    @Test
    void aNoteReleasedAtItsOwnTickLastsOneTick() throws MidiFormatException {
        assertThatScore(read(file("05 90 3C 40  00 80 3C 00" + END))).hasExactly(new Note(0, 60, 64, 5, 1));
    }

    @Test
    void aReleaseOfASilentKeyIsNothing() throws MidiFormatException {
        assertThatScore(read(file("00 80 3C 00  00 90 3C 40  10 80 3C 00  00 80 3C 00" + END)))
                .hasExactly(new Note(0, 60, 64, 0, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"78", "7B", "7C", "7D", "7E", "7F"})
    void allNotesOffReleasesTheKeysOfItsChannel(String controller) throws MidiFormatException {
        Score score = read(file("00 90 3C 40  00 40 40  00 91 3C 40  10 B0 " + controller + " 00  30 FF 2F 00"));
        assertThatScore(score)
                .hasExactly(new Note(0, 60, 64, 0, 16), new Note(1, 60, 64, 0, 64), new Note(0, 64, 64, 0, 16));
    }

    @Test
    void percussionIsKeptAndKnown() throws MidiFormatException {
        Score score = read(file("00 99 24 40  30 89 24 00" + END));
        assertThatScore(score).hasExactly(new Note(9, 36, 64, 0, 48));
        assertThat(score.notes().get(0).isPercussion()).isTrue();
    }

    @Test
    void temposOfAllTracksAreOneClock() throws MidiFormatException {
        Score score = read(file(
                "00 90 3C 40  60 80 3C 00" + END,
                "30 FF 51 03 0F 42 40" + END,
                "00 FF 51 03 03 D0 90  18 FF 51 03 07 A1 20" + END));
        assertThatScore(score)
                .hasTempos(new TempoChange(0, 250_000), new TempoChange(24, 500_000), new TempoChange(48, 1_000_000))
                .lastsMicros(62_500 + 125_000 + 500_000);
    }

    @Test
    void timeKeyAndProgramAreKept() throws MidiFormatException {
        Score score = read(file("00 FF 58 04 06 03 24 08  00 FF 59 02 FD 01  10 C3 18  00 FF 58 04 03 02 18 08" + END));
        assertThat(score.timeSignatures()).containsExactly(new TimeSignature(0, 6, 8), new TimeSignature(16, 3, 4));
        assertThat(score.keySignatures()).containsExactly(new KeySignature(0, -3, true));
        assertThat(score.programChanges()).containsExactly(new ProgramChange(16, 3, 24));
    }

    @Test
    void meaninglessTimeAndKeySignaturesAreLeftOut() throws MidiFormatException {
        Score score = read(file("00 FF 58 04 00 02 18 08  00 FF 58 04 04 10 18 08  00 FF 58 01 04"
                + "00 FF 59 02 08 00  00 FF 59 02 00 02  00 FF 59 01 00  00 90 3C 40  30 80 3C 00" + END));
        assertThat(score.timeSignatures()).isEmpty();
        assertThat(score.keySignatures()).isEmpty();
        assertThatScore(score).hasNoteCount(1);
    }

    @ParameterizedTest
    @CsvSource({"24, 1", "25, 40", "25, 1", "30, 255", "30, 128", "24, 255"})
    void everyTickOfSmpteTimeHasItsExactLength(int frames, int ticksPerFrame) throws MidiFormatException {
        int division = (-frames & 0xFF) << 8 | ticksPerFrame;
        // The tempo event means nothing in SMPTE time.
        Score score = read(file(1, 1, division, "00 FF 51 03 00 00 01  00 90 3C 40  64 80 3C 00" + END));
        long ticksPerSecond = (long) frames * ticksPerFrame;
        for (long tick : List.of(1L, 99L, 12_345L, 1_000_003L)) {
            long halfMicros = tick * 2_000_000 / ticksPerSecond;
            assertThat(score.tempoMap().microsAt(tick)).isEqualTo((halfMicros + 1) / 2);
        }
        assertThat(score.tempoMap().changes()).hasSize(1);
    }

    @Test
    void dropFrameTimeIsThirtyThousandFramesIn1001Seconds() throws MidiFormatException {
        Score score = read(file(1, 1, 0xE350, "00 90 3C 40  30 80 3C 00" + END));
        assertThat(score.tempoMap().microsAt(30_000 * 80)).isEqualTo(1_001_000_000);
        assertThat(score.tempoMap().microsAt(80)).isEqualTo(33_367);
    }

    private static Score read(byte[] data) throws MidiFormatException {
        return MidiFiles.read(data, "test", new MidiReadOptions(false, MidiLimits.CORPUS));
    }
}
