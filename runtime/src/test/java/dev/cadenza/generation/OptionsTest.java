package dev.cadenza.generation;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 2.001, Double.NaN, Double.POSITIVE_INFINITY})
    void temperature(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationOptions.ofSeed(1).withTemperature(temperature))
                .withMessage("temperature (" + temperature + ") must be 0..2.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 17})
    void variations(int variations) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationOptions.ofSeed(1).withVariations(variations))
                .withMessage("variations (" + variations + ") must be 1..16");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void notes(int notes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Length.Notes(notes));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 3600.1, Double.NaN, Double.POSITIVE_INFINITY})
    void seconds(double seconds) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Length.Seconds(seconds));
    }

    @Test
    void aPromptNeedsNotesThatTheModelHears() {
        TempoMap tempoMap = TempoMap.constant(480, 500_000);
        assertThatIllegalArgumentException().isThrownBy(() -> new Prompt(Score.of(tempoMap, List.of())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prompt(Score.of(tempoMap, List.of(new Note(9, 40, 60, 0, 1)))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prompt(
                        Score.of(tempoMap, Collections.nCopies(Prompt.MAX_NOTES + 1, new Note(0, 40, 60, 0, 1)))))
                .withMessageContaining("10001");
    }
}
