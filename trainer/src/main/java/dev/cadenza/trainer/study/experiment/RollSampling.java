package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollSampler;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.RollResult;
import dev.cadenza.trainer.study.result.RollSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What roll models play from silence. */
final class RollSampling {
    private static final int STEPS = 160;

    private RollSampling() {}

    /** Samples the model of a training that is done and whose checkpoint is there. */
    static void sample(StudyContext context, String corpus, RollArchitecture architecture, long seed)
            throws IOException {
        Path checkpoint = context.runs()
                .folder()
                .resolve(RollResult.run(corpus, architecture, seed))
                .resolve("best.zip");
        boolean trained = RollResult.cell(corpus, architecture, seed).done(context.cells());
        Cell<RollSample> cell = RollSample.cell(corpus, architecture, seed);
        if (trained && !cell.done(context.cells()) && Files.exists(checkpoint)) {
            cell.of(context.cells(), () -> sample(checkpoint, architecture, seed));
        }
    }

    private static RollSample sample(Path checkpoint, RollArchitecture architecture, long seed) throws IOException {
        try {
            return RollSample.of(
                    RollSampler.sample(Checkpoint.read(checkpoint).network(), architecture, STEPS, 1, seed));
        } catch (CheckpointFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
