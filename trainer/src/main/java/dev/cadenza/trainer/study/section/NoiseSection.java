package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.study.NamedNoises;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.study.result.NoiseResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Part 7: noisy data, in training and in what is measured on. */
public final class NoiseSection implements Section {
    @Override
    public void write(StudyContext context, Report report) throws IOException {
        report.paragraph(String.format(
                Locale.ROOT,
                "Onsets shifted and velocities changed by normal numbers of that deviation, notes left out, notes"
                        + " put in anywhere in the piece and its range; \"all low\" is 10 ms, 4, 5 %% and 5 %% at"
                        + " once, \"middle\" 30 ms, 12, 15 %% and 15 %%, \"high\" 100 ms, 36, 30 %% and 30 %%."
                        + " Columns: what the model was trained on, at equal updates; rows: what %d validation"
                        + " pieces were made into: windows of them for the MSE, their first %,d notes for the nats."
                        + " Seed 1. An MSE can fall under jitter: chords come apart into many short intervals, which"
                        + " are easier to predict.",
                context.plan().validationPieces(),
                ComparedPreset.LIKELIHOOD_NOTES));
        for (ComparedPreset preset : ComparedPreset.values()) {
            Columns<String> columns = Columns.of(String.class).text("measured on", noise -> noise);
            boolean none = true;
            for (String trainedOn : NamedNoises.TRAINED.keySet()) {
                Optional<NoiseResult> result =
                        NoiseResult.cell(preset, trainedOn).read(context.cells());
                if (result.isPresent()) {
                    none = false;
                    columns = columns.figure(trainedOn, preset.lossFormat(), result.get()::under);
                }
            }
            report.heading(3, preset.id() + ": " + preset.lossName());
            if (none) {
                report.paragraph("Not done yet.");
                continue;
            }
            report.table("noise-" + preset.id(), columns, List.copyOf(NamedNoises.MEASURED.keySet()));
        }
    }
}
