package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.music.RandomScores.Kind;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MidiRoundTripTest {
    private static final MidiLimits BOUNDLESS = new MidiLimits(1L << 30, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
    private static final MidiReadOptions OPTIONS = new MidiReadOptions(true, BOUNDLESS);

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReadAgain(Kind kind) throws MidiFormatException {
        RandomScores scores =
                new RandomScores(new SplittableRandom(17 + kind.name().hashCode()));
        for (int i = 0; i < 50; i++) {
            Score score = scores.next(kind);
            assertThat(MidiFiles.read(MidiFiles.write(score), "round trip " + i, OPTIONS))
                    .isEqualTo(score);
        }
    }

    @Test
    void aFileOnDiskComesBack(@TempDir Path folder) throws Exception {
        Score score = new RandomScores(new SplittableRandom(3)).next(Kind.NOTATION);
        Path file = folder.resolve("piece.mid");
        MidiFiles.write(score, file);
        assertThat(MidiFiles.read(file, OPTIONS)).isEqualTo(score);
    }

    @Test
    void aFileIsWrittenToTheByte() {
        Score score = new Score(
                TempoMap.of(480, List.of(new TempoChange(0, 400_000), new TempoChange(200, 0x0F4240))),
                List.of(new TimeSignature(0, 6, 8)),
                List.of(new KeySignature(0, -3, true)),
                List.of(new ProgramChange(0, 2, 5)),
                List.of(new Note(2, 60, 64, 0, 240), new Note(2, 60, 80, 240, 1), new Note(2, 50, 90, 240, 1)));
        assertThat(MidiFiles.write(score))
                .containsExactly(SmfBytes.file(
                        1,
                        2,
                        480,
                        "00 FF 58 04 06 03 18 08  00 FF 59 02 FD 01  00 FF 51 03 06 1A 80"
                                + "81 48 FF 51 03 0F 42 40  00 FF 2F 00",
                        "00 C2 05  00 92 3C 40  81 70 82 3C 40  00 92 32 5A  00 92 3C 50"
                                + "01 82 32 40  00 82 3C 40  00 FF 2F 00"));
    }

    @Test
    void anExtremeScoreComesBack() throws MidiFormatException {
        Score score = new Score(
                TempoMap.of(32767, List.of(new TempoChange(0, 1), new TempoChange(1L << 37, TempoChange.SLOWEST))),
                List.of(new TimeSignature(1, 255, TimeSignature.SHORTEST_BEAT), new TimeSignature(9, 1, 1)),
                List.of(new KeySignature(0, -7, true), new KeySignature(3, 7, false)),
                List.of(new ProgramChange(0, 0, 0), new ProgramChange(1L << 30, 15, 127)),
                List.of(new Note(0, 0, 1, 0, 1), new Note(15, 127, 127, 1L << 30, 1L << 36)));
        assertThat(MidiFiles.read(MidiFiles.write(score), "extremes", OPTIONS)).isEqualTo(score);
    }

    @Test
    void aKeyStruckWhileItSoundsEndsTheEarlierNote() throws MidiFormatException {
        Score score = Score.of(
                TempoMap.constant(96, 500_000),
                List.of(
                        new Note(0, 60, 50, 0, 100),
                        new Note(0, 60, 60, 40, 100),
                        new Note(1, 60, 70, 50, 100),
                        new Note(0, 60, 80, 90, 10)));
        assertThatScore(MidiFiles.read(MidiFiles.write(score), "re-struck", OPTIONS))
                .isPlayable()
                .hasExactly(
                        new Note(0, 60, 50, 0, 40),
                        new Note(0, 60, 60, 40, 50),
                        new Note(1, 60, 70, 50, 100),
                        new Note(0, 60, 80, 90, 10));
    }

    @Test
    void notesOfOneKeyThatStartTogetherBecomeOne() throws MidiFormatException {
        Score score = Score.of(
                TempoMap.constant(96, 500_000),
                List.of(new Note(0, 60, 90, 5, 10), new Note(0, 60, 50, 5, 70), new Note(0, 60, 60, 5, 20)));
        assertThatScore(MidiFiles.read(MidiFiles.write(score), "unison", OPTIONS))
                .hasExactly(new Note(0, 60, 90, 5, 70));
    }

    @ParameterizedTest
    @EnumSource
    void anotherReaderFindsTheSameNotes(Kind kind) throws Exception {
        Score score = new RandomScores(new SplittableRandom(kind.name().hashCode())).next(kind);
        Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(MidiFiles.write(score)));
        long[] onsAndOffs = new long[2];
        for (Track track : sequence.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                count(track.get(i), onsAndOffs);
            }
        }
        assertThat(sequence.getResolution()).isEqualTo(score.ticksPerQuarter());
        assertThat(onsAndOffs)
                .containsExactly(score.notes().size(), score.notes().size());
    }

    private static void count(MidiEvent event, long[] onsAndOffs) {
        MidiMessage message = event.getMessage();
        if (message instanceof ShortMessage channelEvent) {
            if (channelEvent.getCommand() == ShortMessage.NOTE_ON) {
                assertThat(channelEvent.getData2()).as("velocity of a note-on").isPositive();
                onsAndOffs[0]++;
            } else if (channelEvent.getCommand() == ShortMessage.NOTE_OFF) {
                onsAndOffs[1]++;
            }
        }
    }
}
