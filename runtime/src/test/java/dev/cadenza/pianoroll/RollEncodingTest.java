package dev.cadenza.pianoroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollEncodingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"lstm, 1", "tp-lstm-nade, 250", "balstm, 10000"})
    void readsWhatItWrote(String architecture, int stepMillis) throws Exception {
        RollEncoding encoding = new RollEncoding(architecture, stepMillis);

        assertThat(RollEncoding.fromJson(encoding.toJson())).isEqualTo(encoding);
        assertThat(RollEncoding.fromJson(JSON.readTree(encoding.toJson().toString())))
                .isEqualTo(encoding);
    }

    @Test
    void jsonSaysHowKeysAndStepsAreCounted() throws Exception {
        assertThat(new RollEncoding("balstm", 250).toJson()).isEqualTo(JSON.readTree("""
                        {"architecture": "balstm", "step_ms": 250, "lowest_pitch": 21, "keys": 88, "beat_steps": 16}
                        """));
    }

    @ParameterizedTest
    @CsvSource({
        "architecture, '\"gru\"', 'architecture (gru)'",
        "architecture, '\"\"', 'architecture ()'",
        "architecture, 7, 'architecture (7)'",
        "step_ms, 0, 'step_ms (0)'",
        "step_ms, -250, 'step_ms (-250)'",
        "step_ms, 10001, 'step_ms (10001)'",
        "step_ms, 250.0, 'step_ms (250.0)'",
        "step_ms, '\"250\"', 'step_ms (\"250\")'",
        "lowest_pitch, 20, 'lowest_pitch (20) must be 21'",
        "lowest_pitch, null, 'lowest_pitch (null)'",
        "keys, 87, 'keys (87) must be 88'",
        "keys, [88], 'keys ([88])'",
        "beat_steps, 12, 'beat_steps (12) must be 16'",
        "tempo, 120, 'field tempo is unknown'"
    })
    void namesAFieldThatIsWrong(String field, String value, String message) throws Exception {
        ObjectNode json = new RollEncoding("lstm", 250).toJson();
        json.set(field, JSON.readTree(value));

        assertThatThrownBy(() -> RollEncoding.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"architecture", "step_ms", "lowest_pitch", "keys", "beat_steps"})
    void namesAFieldThatIsMissing(String field) {
        ObjectNode json = new RollEncoding("lstm", 250).toJson();
        json.remove(field);

        assertThatThrownBy(() -> RollEncoding.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }
}
