package dev.cadenza.trainer.study.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.performer.LikelihoodRun;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.performer.PerformerTask;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.StudyPlan;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.training.TrainingTask;

/** A small performer whose learning rate falls over the updates there are. */
final class PerformerTrainings extends PresetTrainings {
    private static final int BATCH = 16;

    private final StudyPlan plan;

    PerformerTrainings(StudyContext context) {
        super(ComparedPreset.PERFORMER, context);
        plan = context.plan();
    }

    @Override
    TrainingTask task(EncodedCorpus corpus, long seed) {
        return new PerformerTask(preset(seed), corpus);
    }

    @Override
    ObjectNode provenance(long seed) {
        return preset(seed).toJson();
    }

    @Override
    int updates() {
        return plan.performerUpdates();
    }

    @Override
    double loss(Checkpoint model, EncodedCorpus held) {
        int threads = Runtime.getRuntime().availableProcessors();
        return LikelihoodRun.measure(
                        model.network(),
                        held,
                        held.pieces(Split.VALIDATION),
                        ComparedPreset.LIKELIHOOD_NOTES,
                        threads,
                        notes -> {})
                .nats();
    }

    private PerformerPreset preset(long seed) {
        PerformerPreset base = PerformerPreset.standard(seed);
        return new PerformerPreset(
                plan.performerHidden(),
                base.window(),
                BATCH,
                base.learningRate(),
                base.warmUpdates(),
                plan.performerUpdates(),
                base.clip(),
                base.augment(),
                seed);
    }
}
