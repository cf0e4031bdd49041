package dev.cadenza.trainer.family;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.training.LearningCurve;
import dev.cadenza.trainer.training.RunFolder;
import java.io.IOException;

/**
 * Figures of a finished run.
 *
 * @param json by split
 */
public record FinalMeasures(ObjectNode json, String table) {
    /** Measures a run's best checkpoint on validation and test and writes the figures into it for the exporter. */
    public static FinalMeasures record(RunFolder run, ModelData data) throws IOException, CheckpointFormatException {
        Checkpoint best = Checkpoint.read(run.best());
        CheckpointInfo info = best.info();
        ObjectNode metrics = new ObjectMapper().createObjectNode();
        StringBuilder table = new StringBuilder();
        for (Split split : new Split[] {Split.VALIDATION, Split.TEST}) {
            if (!data.isEmpty(split)) {
                ModelData.Measures measures = data.measureFinished(best.network(), info, split);
                info = measures.info();
                metrics.set(split.label(), measures.json());
                table.append(measures.table()).append(System.lineSeparator());
            }
        }
        ObjectNode curve = LearningCurve.read(run.metrics());
        if (!curve.isEmpty()) {
            metrics.set("learning_curve", curve);
        }
        new Checkpoint(best.network(), info.withMetrics(metrics), best.training(), best.parity())
                .write(run.best(), false);
        return new FinalMeasures(metrics.deepCopy(), table.toString());
    }
}
