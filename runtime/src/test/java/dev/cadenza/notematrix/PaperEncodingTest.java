package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperEncodingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyColumnIsScaledToOne() {
        PaperEncoding encoding = encoding();
        NoteMatrix matrix =
                NoteMatrix.of(1000, new int[] {250, 60, 64, 1, 0, 0, 1, 1, 1000, 127, 127, 1, 9999, 1, 1, 1});
        float[] out = new float[14];
        for (int row = 0; row < 4; row++) {
            encoding.scale(matrix, row, out, 1 + row * PaperEncoding.COLUMNS);
        }
        assertThat(out)
                .containsExactly(0, 0.25f, 60 / 127f, 64 / 127f, 0, 0, 1 / 127f, 1, 1, 1, 1, 1 / 127f, 1 / 127f, 0);
    }

    @Test
    void aMatrixOfAnotherGridIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoding().scale(NoteMatrix.of(100, new int[] {1, 2, 3, 4}), 0, new float[3], 0))
                .withMessage("ticksPerSecond of the matrix (100) must be the encoding's (1000)");
    }

    @ParameterizedTest
    @CsvSource({"0, 300", "9, 300", "10, 120", "99, 120", "100, 500", "100000, 500"})
    void theMedianDurationIsThatOfTheIntervalsRange(int interval, int expected) {
        assertThat(encoding().medianDuration(interval)).isEqualTo(expected);
    }

    @Test
    void theJsonIsAsDescribed() throws JsonProcessingException {
        String described = """
                {"ticks_per_second": 1000, "columns": ["interval", "pitch", "velocity"],
                 "interval_clip_ticks": 1000, "pitch_scale": 127, "velocity_scale": 127,
                 "deviations": [0.1, 0.08, 0.09],
                 "duration_interval_bounds": [10, 100], "duration_medians": [300, 120, 500]}
                """;
        assertThat(encoding().toJson()).isEqualTo(JSON.readTree(described));
        assertThat(PaperEncoding.fromJson(JSON.readTree(described)))
                .isEqualTo(encoding())
                .hasSameHashCodeAs(encoding());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyEncodingSurvivesItsJson(long seed) throws JsonProcessingException {
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            float[] deviations = new float[3];
            for (int column = 0; column < 3; column++) {
                deviations[column] = Float.intBitsToFloat(1 + random.nextInt(0x7F7F_FFFF));
            }
            int ranges = 1 + random.nextInt(10);
            int[] bounds = new int[ranges - 1];
            int[] medians = new int[ranges];
            for (int range = 0; range < ranges; range++) {
                medians[range] = 1 + random.nextInt(100_000);
                if (range > 0) {
                    bounds[range - 1] = (range == 1 ? 0 : bounds[range - 2]) + 1 + random.nextInt(1000);
                }
            }
            PaperEncoding encoding = new PaperEncoding(
                    1 + random.nextInt(1_000_000), 1 + random.nextInt(100_000), deviations, bounds, medians);
            JsonNode parsed = JSON.readTree(encoding.toJson().toString());
            assertThat(PaperEncoding.fromJson(parsed)).isEqualTo(encoding);
            assertThat(parsed).isEqualTo(encoding.toJson());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ticks_per_second; 0; ticksPerSecond (0)",
                "ticks_per_second; 1.5; ticks_per_second (1.5) must be a 32-bit integer",
                "ticks_per_second; 4294967296; ticks_per_second (4294967296) must be a 32-bit integer",
                "interval_clip_ticks; \"9\"; interval_clip_ticks (\"9\") must be a 32-bit integer",
                "interval_clip_ticks; 0; intervalClipTicks (0)",
                "columns; [\"pitch\", \"interval\", \"velocity\"]; columns ([\"pitch\",\"interval\",\"velocity\"])",
                "columns; \"pitch\"; columns (\"pitch\")",
                "columns; [1, 2, 3]; columns ([1,2,3])",
                "pitch_scale; 128; pitch_scale (128) must be 127",
                "velocity_scale; null; velocity_scale (null)",
                "deviations; [0.1, 0.2]; deviations.length (2)",
                "deviations; [0.1, 0.2, 0]; deviations (0.0)",
                "deviations; [0.1, 0.2, 1e300]; deviations (Infinity)",
                "deviations; [0.1, 0.2, \"x\"]; deviations (\"x\") must be a number",
                "deviations; 0.1; deviations (0.1) must be an array",
                "duration_interval_bounds; [100, 10]; durationIntervalBounds (10 after 100)",
                "duration_interval_bounds; [0, 10]; durationIntervalBounds (0 after 0)",
                "duration_interval_bounds; [10]; durationMedians.length (3)",
                "duration_medians; [1, 2, 0]; durationMedians (0)",
                "duration_medians; {}; duration_medians ({}) must be an array",
                "window; 50; encoding has the unknown field window"
            })
    void aBadFieldIsNamed(String field, String value, String problem) throws JsonProcessingException {
        ObjectNode json = (ObjectNode) encoding().toJson();
        json.set(field, JSON.readTree(value));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaperEncoding.fromJson(json))
                .withMessageStartingWith(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticks_per_second",
                "columns",
                "interval_clip_ticks",
                "pitch_scale",
                "velocity_scale",
                "deviations",
                "duration_interval_bounds",
                "duration_medians"
            })
    void aMissingFieldIsNamed(String field) {
        ObjectNode json = (ObjectNode) encoding().toJson();
        json.remove(field);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaperEncoding.fromJson(json))
                .withMessage("encoding lacks the field " + field);
    }

    @Test
    void whatIsNoObjectIsRefused() throws JsonProcessingException {
        JsonNode list = JSON.readTree("[]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaperEncoding.fromJson(list))
                .withMessage("encoding (ARRAY) must be a JSON object");
    }

    @Test
    void arraysAreCopiedInAndOut() {
        float[] deviations = {0.1f, 0.08f, 0.09f};
        int[] bounds = {10, 100};
        int[] medians = {300, 120, 500};
        PaperEncoding encoding = new PaperEncoding(1000, 1000, deviations, bounds, medians);
        deviations[0] = 9;
        bounds[0] = 9;
        medians[0] = 9;
        encoding.deviations()[0] = 9;
        encoding.durationIntervalBounds()[0] = 9;
        encoding.durationMedians()[0] = 9;
        assertThat(encoding).isEqualTo(encoding());
    }

    private static PaperEncoding encoding() {
        return new PaperEncoding(
                1000, 1000, new float[] {0.1f, 0.08f, 0.09f}, new int[] {10, 100}, new int[] {300, 120, 500});
    }
}
