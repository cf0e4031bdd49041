package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.evaluation.Excerpt;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.evaluation.PlayedPieces;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.CellJson;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.StudyData;
import dev.cadenza.trainer.study.result.RollResult;
import dev.cadenza.trainer.study.result.SystemResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Part 5: every model of part 4 is exported, proved, loaded and played. */
public final class SystemsExperiment implements Experiment {
    private static final int NOTES = 120;

    /** What the exporter prints of an export. */
    private record Exported(String version, long parameters, long modelBytes, Parity parity) {}

    private record Parity(long comparedNumbers, double largestDifference) {}

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        if (context.exporter().isEmpty()) {
            context.log().accept("part 5 is skipped: no --exporter");
            return;
        }
        ExporterLauncher exporter = context.exporter().get();
        long seed = context.plan().rollSeeds().get(0);
        Attempts attempts = new Attempts(context);
        for (RollCorpus corpus : context.data().rolls()) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                Path best = context.runs()
                        .folder()
                        .resolve(RollResult.run(corpus.name(), architecture, seed))
                        .resolve("best.zip");
                boolean trained =
                        RollResult.cell(corpus.name(), architecture, seed).done(context.cells());
                if (trained && Files.exists(best)) {
                    attempts.add(() -> SystemResult.cell(corpus.name(), architecture)
                            .of(context.cells(), () -> system(context, exporter, corpus, architecture, best)));
                }
            }
        }
        attempts.end();
    }

    private static SystemResult system(
            StudyContext context,
            ExporterLauncher exporter,
            RollCorpus corpus,
            RollArchitecture architecture,
            Path checkpoint)
            throws IOException {
        String name = "roll-" + corpus.name().replace('_', '-') + "-" + architecture.id();
        Path models = Files.createDirectories(context.folder().resolve("models"));
        String printed = exporter.run(List.of(
                "export",
                "--checkpoint",
                checkpoint.toString(),
                "--name",
                name,
                "--models",
                models.toString(),
                "--json"));
        Exported exported = CellJson.read(printed, Exported.class);
        Path version = models.resolve(name).resolve(exported.version());
        Path midi = context.folder().resolve("midi").resolve(name);
        exporter.play(List.of("--model", version.toString()), 1, NOTES, 1, midi);
        List<Excerpt> played = PlayedPieces.read(midi, StudyData.TICKS_PER_SECOND);
        context.log().accept(name + ": exported, proved and played");
        return new SystemResult(
                corpus.name(),
                architecture.id(),
                name,
                exported.parameters(),
                exported.modelBytes(),
                exported.parity().comparedNumbers(),
                exported.parity().largestDifference(),
                played.get(0).notes());
    }
}
