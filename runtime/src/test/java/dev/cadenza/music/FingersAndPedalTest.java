package dev.cadenza.music;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingersAndPedalTest {
    private static final MidiReadOptions WITH_PEDAL = new MidiReadOptions(true, MidiLimits.CORPUS);

    @Test
    void notesThatEndTogetherAreHeldByThePedal() throws Exception {
        Score score = score(note(60, 0, 480), note(64, 120, 360), note(67, 480, 100));

        FingersAndPedal played = FingersAndPedal.of(score.notes());

        assertThat(played.moves()).hasSize(2);
        assertThat(played.moves().get(1)).isEqualTo(new FingersAndPedal.Move(480, false));
        assertThat(played.notes().get(0).endTick()).isLessThan(480);
        assertThat(played.notes().get(1).endTick()).isLessThan(480);
        assertThat(played.notes().get(2)).isEqualTo(note(67, 480, 100));
        assertThat(MidiFiles.read(MidiFiles.write(score, Pedal.HELD), "held", WITH_PEDAL))
                .isEqualTo(score);
    }

    @Test
    void thePedalGoesDownAfterTheLastNoteThatItMustNotHold() {
        FingersAndPedal played = FingersAndPedal.of(
                score(note(50, 0, 200), note(60, 0, 480), note(64, 0, 480)).notes());

        assertThat(played.moves().get(0).tick()).isGreaterThan(200);
    }

    @Test
    void withoutCommonEndsThereIsNoPedal() {
        FingersAndPedal played =
                FingersAndPedal.of(score(note(60, 0, 480), note(64, 0, 481)).notes());

        assertThat(played.moves()).isEmpty();
        assertThat(MidiFiles.write(score(note(60, 0, 480)), Pedal.HELD))
                .isEqualTo(MidiFiles.write(score(note(60, 0, 480))));
    }

    @Test
    void everyPieceIsReadBackTickForTick() throws Exception {
        Random random = new Random(11);
        int pedalled = 0;
        for (int piece = 0; piece < 300; piece++) {
            List<Note> notes = new ArrayList<>();
            long[] free = new long[128];
            long start = 0;
            for (int i = 0; i < 60; i++) {
                start += random.nextInt(3) * 40L;
                int pitch = 60 + random.nextInt(12);
                long begins = Math.max(start, free[pitch]);
                // Ends on a coarse grid meet often; some meet the next stroke of their own key.
                long end = (begins / 160 + 1 + random.nextInt(4)) * 160;
                notes.add(new Note(0, pitch, 64, begins, end - begins));
                free[pitch] = end;
            }
            Score score = Score.of(TempoMap.constant(480, 500_000), notes);
            byte[] held = MidiFiles.write(score, Pedal.HELD);
            pedalled += FingersAndPedal.of(score.notes()).moves().isEmpty() ? 0 : 1;
            assertThat(MidiFiles.read(held, "held", WITH_PEDAL)).isEqualTo(score);
        }
        assertThat(pedalled).isGreaterThan(250);
    }

    private static Score score(Note... notes) {
        return Score.of(TempoMap.constant(480, 500_000), List.of(notes));
    }

    private static Note note(int pitch, long start, long duration) {
        return new Note(0, pitch, 64, start, duration);
    }
}
