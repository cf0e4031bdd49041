package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** What {@code metrics.csv} says of the epochs that are over. */
public final class LearningCurve {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LearningCurve() {}

    /**
     * Reads the rows of whole epochs.
     *
     * @return by {@code epoch_<number>}: {@code updates}, {@code notes}, {@code minutes}, {@code train} and
     *     {@code validation}, the losses in the file's unit; empty when no epoch is over or there is no such file
     */
    public static ObjectNode read(Path metrics) throws IOException {
        ObjectNode curve = JSON.createObjectNode();
        for (MetricsFile.Row row : MetricsFile.read(metrics, "epoch")) {
            curve.putObject("epoch_" + row.epoch())
                    .put("updates", row.update())
                    .put("notes", row.notes())
                    .put("minutes", Math.round(row.seconds() / 6) / 10.0)
                    .put("train", row.trainLoss())
                    .put("validation", row.validationLoss());
        }
        return curve;
    }
}
