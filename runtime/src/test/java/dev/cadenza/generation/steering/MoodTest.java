package dev.cadenza.generation.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoodTest {
    @Test
    void plainAsksForNothing() {
        assertThat(Mood.of("plain").temperature()).isEmpty();
        assertThat(Mood.PLAIN.notesPerSecond()).isEmpty();
        assertThat(Mood.PLAIN.loudest()).isEqualTo(127);
    }

    @Test
    void calmIsSparserAndSofterThanWild() {
        assertThat(Mood.of("calm").notesPerSecond().getAsDouble())
                .isLessThan(Mood.of("wild").notesPerSecond().getAsDouble());
        assertThat(Mood.CALM.loudest()).isLessThan(Mood.WILD.loudest());
    }

    @Test
    void anotherNameIsRefusedWithAllThatThereAre() {
        assertThatThrownBy(() -> Mood.of("angry")).hasMessage("mood must be one of calm, plain, wild");
    }
}
