package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.PerformerEncoding;
import org.junit.jupiter.api.Test;

class HandGuardTest {
    private final KeyState keys = new KeyState(PerformerEncoding.STANDARD);
    private final HandGuard guard = new HandGuard(TwoHands.STANDARD, keys, 100);

    @Test
    void aNoteWithinReachStaysWhereItIs() {
        strike(0, 48, 20);
        strike(0, 60, 20);

        assertThat(place(0, 64, 60)).isEqualTo(new HandGuard.Placed(0, 64));
    }

    @Test
    void aNoteBeyondReachComesWhenTheChordIsOver() {
        strike(0, 30, 20);
        strike(1, 60, 21);

        // 1 tick of 3 has passed: the next onset is 4 ticks after the first.
        assertThat(place(0, 90, 60)).isEqualTo(new HandGuard.Placed(3, 90));
    }

    @Test
    void anEleventhNoteComesLater() {
        for (int pitch : new int[] {40, 42, 44, 46, 48, 60, 62, 64, 66, 68}) {
            strike(0, pitch, 5);
        }

        assertThat(place(0, 70, 68).interval()).isEqualTo(4);
    }

    @Test
    void aKeyIsNotStruckAgainWithinAnOnset() {
        strike(0, 60, 1);
        strike(1, 64, 20);

        assertThat(place(1, 60, 64)).isEqualTo(new HandGuard.Placed(3, 60));
    }

    @Test
    void whatFingersHoldTakesPartInTheReach() {
        // Two keys with ends of their own, one for each hand.
        strike(0, 36, 100);
        strike(0, 72, 120);

        HandGuard.Placed placed = place(50, 96, 72);

        assertThat(placed.interval()).isEqualTo(50);
        assertThat(placed.pitch()).isEqualTo(84);
    }

    @Test
    void whatThePedalHoldsLeavesTheHandsFree() {
        strike(0, 36, 100);
        strike(0, 72, 100);

        assertThat(place(50, 96, 72)).isEqualTo(new HandGuard.Placed(50, 96));
    }

    @Test
    void aNoteMovesToKeysThatAreAllowedAndFreeAlone() {
        strike(0, 36, 100);
        strike(0, 72, 120);

        assertThat(guard.place(50, 96, 72, pitch -> pitch >= 90 && pitch <= 108))
                .isEqualTo(new HandGuard.Placed(50, 96));
    }

    private HandGuard.Placed place(int interval, int pitch, int previous) {
        return guard.place(interval, pitch, previous, allowed -> allowed >= 21 && allowed <= 108);
    }

    private void strike(int interval, int pitch, int duration) {
        guard.struck(interval, pitch);
        keys.strike(interval, pitch - PerformerEncoding.LOWEST_PITCH, 64, duration);
    }
}
