package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.NoteSelection;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.study.result.SelectionResult;
import java.io.IOException;

/** Part 8: the source paper trains on "a specific set of notes" that it does not name. */
public final class SelectionExperiment implements Experiment {
    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus all = Performances.part(
                context.data().performances(), 1, context.plan().validationPieces());
        Attempts attempts = new Attempts(context);
        for (ComparedPreset preset : ComparedPreset.values()) {
            for (NoteSelection selection : NoteSelection.values()) {
                attempts.add(() -> cell(context, preset, selection, all));
            }
        }
        attempts.end();
    }

    private static String run(NoteSelection selection) {
        return selection == NoteSelection.ALL ? ComparedPreset.EVERYTHING : "selected-" + selection.id();
    }

    private static void cell(StudyContext context, ComparedPreset preset, NoteSelection selection, EncodedCorpus all)
            throws IOException, CorpusFormatException {
        Cell<SelectionResult> cell = SelectionResult.cell(preset, selection);
        if (cell.done(context.cells())) {
            return;
        }
        PresetTrainings trainings = PresetTrainings.of(preset, context);
        EncodedCorpus selected = selection.on(all);
        if (selection == NoteSelection.ALL) {
            trainings.trainOnEverything();
        } else {
            trainings.train(run(selection), selected);
        }
        cell.of(context.cells(), () -> {
            Checkpoint model = trainings.best(run(selection));
            return new SelectionResult(
                    selected.notes(Split.TRAIN),
                    selected.notes(Split.TRAIN) / (double) all.notes(Split.TRAIN),
                    trainings.loss(model, all),
                    trainings.loss(model, selected));
        });
    }
}
