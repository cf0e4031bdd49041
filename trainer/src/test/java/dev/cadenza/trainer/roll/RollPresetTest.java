package dev.cadenza.trainer.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollPresetTest {
    private static final RollPreset STANDARD = RollPreset.standard(RollArchitecture.BALSTM, 500, 7);

    @ParameterizedTest
    @EnumSource(RollArchitecture.class)
    void readsWhatItWrote(RollArchitecture architecture) {
        RollPreset preset = RollPreset.standard(architecture, 500, 7);

        assertThat(RollPreset.fromJson(preset.toJson())).isEqualTo(preset);
        assertThat(preset.toJson().path("preset").asText()).isEqualTo(architecture.preset());
        assertThat(RollArchitecture.of(architecture.id())).isEqualTo(architecture);
    }

    @ParameterizedTest
    @CsvSource({
        "preset, '\"roll-gru\"', gru",
        "hidden, 0, hidden (0)",
        "units, 0, units (0)",
        "window, 1, window (1)",
        "batch, 0, batch (0)",
        "learning_rate, 0, learning-rate (0.0)",
        "learning_rate, 1.5, learning-rate (1.5)",
        "schedule_updates, 0, schedule-updates (0)",
        "keep, 0, keep (0.0) must be in (0, 1]",
        "keep, 1.5, keep (1.5) must be in (0, 1]",
        "transpose, 13, transpose (13)",
        "seed, '\"seven\"', seed"
    })
    void namesAFieldThatIsWrong(String field, String value, String message) throws Exception {
        ObjectNode json = STANDARD.toJson();
        json.set(field, new ObjectMapper().readTree(value));

        assertThatThrownBy(() -> RollPreset.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden", "units", "window", "learning_rate", "seed"})
    void namesAFieldThatIsMissing(String field) {
        ObjectNode json = STANDARD.toJson();
        json.remove(field);

        assertThatThrownBy(() -> RollPreset.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }
}
