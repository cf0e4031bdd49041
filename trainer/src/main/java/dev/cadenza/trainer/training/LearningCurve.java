package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code metrics.csv} says of the epochs that are over. */
public final class LearningCurve {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 8;

    private LearningCurve() {}

    /**
     * Reads the rows of whole epochs.
     *
     * @return by {@code epoch_<number>}: {@code updates}, {@code notes}, {@code minutes}, {@code train} and
     *     {@code validation}, the losses in the file's unit; empty when no epoch is over or there is no such file
     */
    public static ObjectNode read(Path metrics) throws IOException {
        ObjectNode curve = JSON.createObjectNode();
        if (!Files.exists(metrics)) {
            return curve;
        }
        for (String line : Files.readAllLines(metrics)) {
            String[] cells = line.split(",", -1);
            if (cells.length == COLUMNS && cells[0].equals("epoch")) {
                curve.putObject("epoch_" + cells[1])
                        .put("updates", Long.parseLong(cells[3]))
                        .put("notes", Long.parseLong(cells[4]))
                        .put("minutes", Math.round(Double.parseDouble(cells[5]) / 6) / 10.0)
                        .put("train", Double.parseDouble(cells[6]))
                        .put("validation", Double.parseDouble(cells[7]));
            }
        }
        return curve;
    }
}
