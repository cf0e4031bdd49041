package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.ComparedPreset;
import java.io.IOException;

/** Part 3: both presets on shares of the data, at equal updates. */
public final class ScalingExperiment implements Experiment {
    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        Attempts attempts = new Attempts(context);
        for (ComparedPreset preset : ComparedPreset.values()) {
            for (double share : context.plan().shares()) {
                attempts.add(() -> train(context, preset, share));
            }
        }
        attempts.end();
    }

    private static void train(StudyContext context, ComparedPreset preset, double share)
            throws IOException, CorpusFormatException {
        String name = ComparedPreset.share(share);
        if (!preset.cell(name).done(context.cells())) {
            EncodedCorpus corpus = Performances.part(
                    context.data().performances(), share, context.plan().validationPieces());
            PresetTrainings.of(preset, context).train(name, corpus);
        }
    }
}
