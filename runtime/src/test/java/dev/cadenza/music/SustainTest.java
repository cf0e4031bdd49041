package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static dev.cadenza.music.SmfBytes.END;
import static dev.cadenza.music.SmfBytes.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SustainTest {
    private static final String STRIKE = "00 90 3C 40 ";
    private static final String RELEASE_AT_10 = "0A 80 3C 00 ";

    @Test
    void aReleasedKeySoundsUntilThePedalLifts() throws MidiFormatException {
        assertDuration(30, STRIKE + "05 B0 40 40  05 80 3C 00  14 B0 40 3F" + END);
    }

    @Test
    void withoutTheOptionAKeySoundsAsLongAsItIsHeld() throws MidiFormatException {
        byte[] data = file(STRIKE + "05 B0 40 40  05 80 3C 00  14 B0 40 3F" + END);
        assertThatScore(MidiFiles.read(data, "test", new MidiReadOptions(false, MidiLimits.CORPUS)))
                .hasDurations(10);
    }

    @Test
    void aPedalBelowHalfIsUp() throws MidiFormatException {
        assertDuration(10, STRIKE + "05 B0 40 3F  05 80 3C 00  14 B0 40 00" + END);
    }

    @Test
    void aKeyHeldBeyondThePedalSoundsUntilItsRelease() throws MidiFormatException {
        assertDuration(10, STRIKE + "02 B0 40 7F  03 B0 40 00  05 80 3C 00" + END);
    }

    @Test
    void theSameKeyStruckAgainEndsTheNote() throws MidiFormatException {
        assertThatScore(read(
                        file("00 B0 40 7F" + STRIKE + RELEASE_AT_10 + "05 90 3C 50  05 80 3C 00  14 B0 40 00" + END)))
                .isPlayable()
                .hasExactly(new Note(0, 60, 64, 0, 15), new Note(0, 60, 80, 15, 25));
    }

    @Test
    void anotherKeyOrChannelEndsNothing() throws MidiFormatException {
        assertThatScore(read(file("00 B0 40 7F" + STRIKE + RELEASE_AT_10
                        + "05 90 3D 50  00 91 3C 50  05 80 3D 00  00 81 3C 00  14 B0 40 00" + END)))
                .hasExactly(new Note(0, 60, 64, 0, 40), new Note(1, 60, 80, 15, 5), new Note(0, 61, 80, 15, 25));
    }

    @Test
    void aPedalThatFallsAtTheTickOfTheReleaseHolds() throws MidiFormatException {
        assertDuration(30, STRIKE + RELEASE_AT_10 + "00 B0 40 7F  14 B0 40 00" + END);
    }

    @Test
    void aPedalThatLiftsAtTheTickOfTheReleaseDoesNotHold() throws MidiFormatException {
        assertDuration(10, STRIKE + "05 B0 40 7F  05 80 3C 00  00 B0 40 00" + END);
    }

    @Test
    void aPedalChangedWithinATickHasLifted() throws MidiFormatException {
        assertDuration(30, STRIKE + "05 B0 40 7F  05 80 3C 00  14 B0 40 00  00 B0 40 7F  14 B0 40 00" + END);
    }

    @Test
    void manyPositionsOfOnePressAreOnePress() throws MidiFormatException {
        assertDuration(
                30, STRIKE + "05 B0 40 46  01 40 50  01 40 7F  03 80 3C 00  05 B0 40 60  05 40 44  0A 40 20" + END);
    }

    @Test
    void aPedalThatNeverLiftsHoldsUntilTheLongestTrackEnds() throws MidiFormatException {
        assertThatScore(read(file("00 B0 40 7F" + STRIKE + RELEASE_AT_10 + END, "64 FF 2F 00")))
                .hasDurations(100);
    }

    @Test
    void resettingTheControllersLiftsThePedal() throws MidiFormatException {
        assertDuration(25, "00 B0 40 7F" + STRIKE + RELEASE_AT_10 + "0F B0 79 00  32 B0 40 00" + END);
    }

    @Test
    void thePedalOfAnotherTrackCounts() throws MidiFormatException {
        assertThatScore(read(file("00 B0 40 00  05 B0 40 7F  19 B0 40 00" + END, STRIKE + RELEASE_AT_10 + END)))
                .hasDurations(30);
        assertThatScore(read(file(STRIKE + RELEASE_AT_10 + END, "05 B0 40 7F  19 B0 40 00" + END)))
                .hasDurations(30);
        assertThatScore(read(file(STRIKE + "14 B0 40 00" + RELEASE_AT_10 + END, "05 B0 40 7F  3C B0 40 00" + END)))
                .as("lifted in the first track after it fell in the second")
                .hasDurations(30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithASimulationTickByTick(long seed) throws MidiFormatException {
        RandomGenerator random = new SplittableRandom(seed);
        int ticks = 400;
        boolean[] down = new boolean[ticks];
        boolean[] lifted = new boolean[ticks];
        StringBuilder pedal = new StringBuilder();
        boolean state = false;
        for (int tick = 0; tick < ticks; tick++) {
            int delta = 1;
            for (int move = random.nextInt(8); move < 2; move++) {
                boolean next = random.nextBoolean();
                lifted[tick] |= state && !next;
                state = next;
                pedal.append("%02X B0 40 %02X ".formatted(delta, state ? 64 + random.nextInt(64) : random.nextInt(64)));
                delta = 0;
            }
            if (delta == 1) {
                pedal.append("01 FF 01 00 ");
            }
            down[tick] = state;
        }
        List<Note> held = new ArrayList<>();
        StringBuilder keys = new StringBuilder();
        for (int tick = 0, last = 0; tick < ticks - 30; ) {
            int duration = 1 + random.nextInt(12);
            int pitch = 60 + random.nextInt(3);
            held.add(new Note(0, pitch, 64, tick, duration));
            keys.append("%02X 90 %02X 40 %02X 80 %02X 00 ".formatted(tick - last, pitch, duration, pitch));
            last = tick + duration;
            tick = last + random.nextInt(10);
        }
        // Each tick of the pedal's track has a delta of 1, the first as well: both tracks start one tick late.
        Score score = read(file("01 FF 01 00 " + keys + END, pedal + END));
        List<Note> expected = new ArrayList<>();
        for (Note note : held) {
            int end = (int) note.endTick();
            if (down[end] && !struck(held, note.pitch(), end)) {
                end++;
                while (end < ticks && !lifted[end] && !struck(held, note.pitch(), end)) {
                    end++;
                }
            }
            // A pedal that never lifts holds until the end of its track, the longer one.
            long last = Math.min(end, ticks - 1);
            expected.add(new Note(0, note.pitch(), 64, note.startTick() + 1, last - note.startTick()));
        }
        assertThat(score.notes()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static boolean struck(List<Note> notes, int pitch, int tick) {
        return notes.stream().anyMatch(note -> note.pitch() == pitch && note.startTick() == tick);
    }

    private static void assertDuration(long expectedTicks, String track) throws MidiFormatException {
        assertThatScore(read(file(track))).hasDurations(expectedTicks);
    }

    private static Score read(byte[] data) throws MidiFormatException {
        return MidiFiles.read(data, "test", new MidiReadOptions(true, MidiLimits.CORPUS));
    }
}
