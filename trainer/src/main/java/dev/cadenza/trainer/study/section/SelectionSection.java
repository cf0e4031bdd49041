package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.study.NoteSelection;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.study.result.SelectionResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Part 8: the source paper trains on "a specific set of notes" that it does not name. */
public final class SelectionSection implements Section {
    private record Trained(NoteSelection on, SelectionResult result) {
        String notes() {
            return String.format(Locale.ROOT, "%,d (%.1f %%)", result.notes(), 100 * result.share());
        }
    }

    @Override
    public void write(StudyContext context, Report report) throws IOException {
        report.paragraph("Models trained on selections of the notes at equal updates, measured on all notes of the"
                + " validation pieces and on the same selection of them. A performer's figure is that of the first 2,000"
                + " notes of each piece. Only the figures on all notes can be compared with each other. Seed 1.");
        for (ComparedPreset preset : ComparedPreset.values()) {
            List<Trained> rows = new ArrayList<>();
            for (NoteSelection selection : NoteSelection.values()) {
                SelectionResult.cell(preset, selection)
                        .read(context.cells())
                        .ifPresent(result -> rows.add(new Trained(selection, result)));
            }
            report.heading(3, preset.id() + ": " + preset.lossName());
            if (rows.isEmpty()) {
                report.paragraph("Not done yet.");
                continue;
            }
            report.table("selections-" + preset.id(), columns(preset.lossFormat()), rows);
        }
    }

    private static Columns<Trained> columns(String format) {
        return Columns.of(Trained.class)
                .text("trained on", row -> row.on().title())
                .text("training notes", Trained::notes)
                .figure("on all notes", format, row -> row.result().onAll())
                .figure("on the same selection", format, row -> row.result().onOwn());
    }
}
