package dev.cadenza.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LearningCurveTest {
    @TempDir
    private Path temporary;

    @Test
    void wholeEpochsAreTold() throws Exception {
        Path file = temporary.resolve("metrics.csv");
        try (MetricsFile metrics = MetricsFile.open(file, "nats", 0)) {
            metrics.row("batch", 1, 1, 1, 100, 3, 12.5, Double.NaN);
            metrics.row("validation", 1, 2, 2, 200, 5, Double.NaN, 11.5);
            metrics.row("epoch", 1, 2, 2, 200, 90, 12.25, 11.25);
            metrics.row("epoch", 2, 2, 4, 400, 180, 11.75, 10.5);
        }
        JsonNode curve = LearningCurve.read(file);

        assertThat(curve).hasSize(2);
        assertThat(curve.path("epoch_1").path("updates").asInt()).isEqualTo(2);
        assertThat(curve.path("epoch_1").path("minutes").asDouble()).isEqualTo(1.5);
        assertThat(curve.path("epoch_2").path("notes").asInt()).isEqualTo(400);
        assertThat(curve.path("epoch_2").path("train").asDouble()).isEqualTo(11.75);
        assertThat(curve.path("epoch_2").path("validation").asDouble()).isEqualTo(10.5);
        assertThat(LearningCurve.read(temporary.resolve("none.csv"))).isEmpty();
    }
}
