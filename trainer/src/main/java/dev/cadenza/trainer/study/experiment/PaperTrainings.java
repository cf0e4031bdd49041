package dev.cadenza.trainer.study.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.paper.PaperTask;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.training.TrainingTask;

/** Without the source paper's dropout and at a rate that learns in the time there is. */
final class PaperTrainings extends PresetTrainings {
    private static final double RATE = 1e-3;

    private final int updates;

    PaperTrainings(StudyContext context) {
        super(ComparedPreset.PAPER, context);
        updates = context.plan().paperUpdates();
    }

    @Override
    TrainingTask task(EncodedCorpus corpus, long seed) {
        return new PaperTask(preset(seed), corpus);
    }

    @Override
    ObjectNode provenance(long seed) {
        return preset(seed).toJson();
    }

    @Override
    int updates() {
        return updates;
    }

    @Override
    double loss(Checkpoint model, EncodedCorpus held) {
        return new PaperTask(preset(1), held)
                .scores(model.network(), Split.VALIDATION)
                .mse();
    }

    private static PaperPreset preset(long seed) {
        PaperPreset base = PaperPreset.standard(seed);
        return new PaperPreset(
                base.hidden(),
                base.window(),
                base.batch(),
                RATE,
                1,
                base.ticksPerSecond(),
                base.intervalClipTicks(),
                base.carry(),
                seed);
    }
}
