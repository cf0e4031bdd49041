package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.NamedNoises;
import dev.cadenza.trainer.study.NoteNoise;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.study.result.NoiseResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Part 7: noisy data, in training and in what is measured on. */
public final class NoiseExperiment implements Experiment {
    private static final long SEED = 1;

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus clean = Performances.part(
                context.data().performances(), 1, context.plan().validationPieces());
        // What is measured on needs no more than one training piece.
        EncodedCorpus held = Performances.part(clean, 1e-9, context.plan().validationPieces());
        Attempts attempts = new Attempts(context);
        for (ComparedPreset preset : ComparedPreset.values()) {
            for (String trainedOn : NamedNoises.TRAINED.keySet()) {
                attempts.add(() -> cell(context, preset, trainedOn, clean, held));
            }
        }
        attempts.end();
    }

    private static void cell(
            StudyContext context, ComparedPreset preset, String trainedOn, EncodedCorpus clean, EncodedCorpus held)
            throws IOException, CorpusFormatException {
        Cell<NoiseResult> cell = NoiseResult.cell(preset, trainedOn);
        if (cell.done(context.cells())) {
            return;
        }
        PresetTrainings trainings = PresetTrainings.of(preset, context);
        NoteNoise noise = NamedNoises.TRAINED.getOrDefault(trainedOn, NoteNoise.NONE);
        String name = "noise-" + trainedOn.replace(' ', '-');
        if (noise.equals(NoteNoise.NONE)) {
            name = ComparedPreset.EVERYTHING;
            trainings.trainOnEverything();
        } else {
            trainings.train(name, noise.on(clean, SEED));
        }
        String run = name;
        cell.of(context.cells(), () -> measure(context, trainings, run, held));
    }

    private static NoiseResult measure(StudyContext context, PresetTrainings trainings, String run, EncodedCorpus held)
            throws IOException {
        Checkpoint model = trainings.best(run);
        Map<String, Double> losses = new LinkedHashMap<>();
        for (Map.Entry<String, NoteNoise> noise : NamedNoises.MEASURED.entrySet()) {
            context.stopWhenAsked();
            losses.put(noise.getKey(), trainings.loss(model, noise.getValue().on(held, SEED)));
        }
        return new NoiseResult(losses);
    }
}
