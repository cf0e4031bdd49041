package dev.cadenza.trainer.study.section;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.study.Section;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.Report;
import dev.cadenza.trainer.study.result.SystemResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Part 5: every row of the likelihood table is a model that is exported, proved, loaded and played. */
public final class SystemsSection implements Section {
    private static final Columns<SystemResult> COLUMNS = Columns.of(SystemResult.class)
            .text("model", SystemResult::name)
            .grouped("parameters", SystemResult::parameters)
            .grouped("bytes", SystemResult::bytes)
            .grouped("numbers compared", SystemResult::compared)
            .number("largest difference", "%.2g", SystemResult::largestDifference)
            .whole("notes played", SystemResult::notes);

    @Override
    public void write(StudyContext context, Report report) throws IOException, CorpusFormatException {
        List<SystemResult> systems = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (RollCorpus corpus : context.data().rolls()) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                Optional<SystemResult> system =
                        SystemResult.cell(corpus.name(), architecture).read(context.cells());
                system.ifPresent(systems::add);
                if (system.isEmpty()) {
                    missing.add(architecture.title() + " on " + corpus.name());
                }
            }
        }
        report.paragraph(
                "Each model of the table above, seed 1: exported by the exporter, DL4J and ONNX Runtime compared on"
                        + " validation rolls (log-odds, likelihood and state, as one run and step by step, within 1e-5 +"
                        + " 1e-5 |b|), loaded and checked as a server does before it serves, and played from silence into"
                        + " a MIDI file. What is exported stays in the study's folder: the corpora's licence does not let"
                        + " it be published. The published roll models, one an architecture, are trained on MAESTRO as"
                        + " rolls.");
        if (!systems.isEmpty()) {
            report.table("systems", COLUMNS, systems);
        }
        if (!missing.isEmpty()) {
            report.paragraph((context.exporter().isEmpty() ? "Skipped, without --exporter: " : "Not done yet: ")
                    + String.join(", ", missing) + ".");
        }
    }
}
