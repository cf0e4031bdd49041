package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.study.notes.NoteSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Part 8: the seed trains on "a specific set of notes" that it does not name. */
final class SelectionPart implements StudyPart {
    @Override
    public int number() {
        return 8;
    }

    @Override
    public String title() {
        return "Selected notes";
    }

    private static String name(NoteSelection selection) {
        return selection == NoteSelection.ALL ? ScalingPart.EVERYTHING : "selected-" + selection.id();
    }

    private static String key(PresetRuns preset, NoteSelection selection) {
        return "selections/" + preset.id() + "-" + selection.id();
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus all = Performances.part(
                context.data().performances(), 1, context.plan().validationPieces());
        Attempts attempts = new Attempts(context);
        for (PresetRuns preset : PresetRuns.values()) {
            for (NoteSelection selection : NoteSelection.values()) {
                attempts.add(() -> cell(context, preset, selection, all));
            }
        }
        attempts.end();
    }

    private static void cell(StudyContext context, PresetRuns preset, NoteSelection selection, EncodedCorpus all)
            throws IOException, CorpusFormatException {
        if (context.cells().read(key(preset, selection)).isPresent()) {
            return;
        }
        EncodedCorpus selected = selection.on(all);
        if (selection == NoteSelection.ALL) {
            ScalingPart.everything(context, preset);
        } else {
            preset.trained(context, name(selection), selected);
        }
        context.cells().of(key(preset, selection), () -> {
            Checkpoint model = preset.best(context, name(selection));
            return new ObjectMapper()
                    .createObjectNode()
                    .put("notes", selected.notes(Split.TRAIN))
                    .put("share", selected.notes(Split.TRAIN) / (double) all.notes(Split.TRAIN))
                    .put("on_all", preset.loss(model, all))
                    .put("on_own", preset.loss(model, selected));
        });
    }

    @Override
    public void write(StudyContext context) throws IOException {
        context.report()
                .paragraph("Models trained on selections of the notes at equal updates, measured on all notes of the"
                        + " validation pieces and on the same selection of them. A performer's figure is that of the first 2,000 notes of"
                        + " each piece. Only the figures on all notes can be"
                        + " compared with each other. Seed 1.");
        for (PresetRuns preset : PresetRuns.values()) {
            List<List<String>> rows = new ArrayList<>();
            for (NoteSelection selection : NoteSelection.values()) {
                Optional<ObjectNode> done = context.cells().read(key(preset, selection));
                if (done.isPresent()) {
                    String format = preset == PresetRuns.PAPER ? "%.5f" : "%.3f";
                    ObjectNode cell = done.get();
                    rows.add(List.of(
                            selection.title(),
                            String.format(
                                    Locale.ROOT,
                                    "%,d (%.1f %%)",
                                    cell.path("notes").asLong(),
                                    100 * cell.path("share").asDouble()),
                            Figures.of(format, cell.path("on_all")),
                            Figures.of(format, cell.path("on_own"))));
                }
            }
            context.report().heading(3, preset.title() + ": " + preset.lossName());
            if (rows.isEmpty()) {
                context.report().paragraph("Not done yet.");
                continue;
            }
            context.report()
                    .table(
                            "selections-" + preset.id(),
                            List.of("trained on", "training notes", "on all notes", "on the same selection"),
                            rows);
        }
    }
}
