package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperMeasures;
import dev.cadenza.trainer.performer.Likelihood;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.playing.ExporterLauncher;
import dev.cadenza.trainer.playing.PlayedSets;
import dev.cadenza.trainer.playing.PlayingFigures;
import dev.cadenza.trainer.roll.PerformedRolls;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.roll.RollLikelihood;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures a checkpoint on a split, and what it plays beside what people play.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final int DEFAULT_WINDOW = 50;
    private static final int FEWEST_PIECES = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "The checkpoint's zip.")
    private Path checkpoint = Path.of(".");

    @Option(
            names = "--split",
            defaultValue = "validation",
            description = "train, validation or test (default: ${DEFAULT-VALUE}).")
    private String split = "validation";

    @Option(
            names = "--rolls",
            paramLabel = "FILE",
            description = "For a piano-roll model: rolls to measure on, in place of those of --data.")
    private @Nullable Path rolls;

    @Option(
            names = "--exporter",
            paramLabel = "PATH",
            description = "The exporter's launcher: lets the model play, and measures that beside people's openings.")
    private @Nullable Path exporter;

    @Option(names = "--pieces", defaultValue = "100", description = "That it plays (default: ${DEFAULT-VALUE}).")
    private int pieces;

    @Option(names = "--notes", defaultValue = "200", description = "Of each piece (default: ${DEFAULT-VALUE}).")
    private int notes;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    private Split measured() {
        try {
            return Split.of(split);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    @Override
    public Integer call() throws IOException, CorpusFormatException, CheckpointFormatException {
        Split measured = measured();
        if (exporter != null && !(Files.isRegularFile(exporter) && Files.isExecutable(exporter))) {
            throw new ParameterException(spec.commandLine(), "--exporter (" + exporter + ") is no program");
        }
        if (pieces < FEWEST_PIECES || notes < 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pieces (" + pieces + ") must be at least " + FEWEST_PIECES + ", --notes (" + notes
                            + ") at least 2");
        }
        Checkpoint read = Checkpoint.read(checkpoint);
        PrintWriter err = spec.commandLine().getErr();
        boolean roll = read.info().kind().equals(CheckpointInfo.ROLL);
        if (rolls != null && !roll) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rolls goes with piano-roll models, not with the kind "
                            + read.info().kind());
        }
        // Rolls from a file are not performances that playing could be held against.
        EncodedCorpus corpus =
                rolls != null && !corpusOptions.named() ? null : corpusOptions.encode(ticksPerSecond(read.info()), err);
        FinalMeasures likelihood = roll ? rolls(read, measured, corpus) : notes(read, measured, required(corpus));
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode node = likelihood.json();
        if (exporter == null || corpus == null) {
            err.println("what it plays is not measured: that takes "
                    + (exporter == null ? "--exporter, the exporter's launcher" : "--data, people's performances"));
            err.flush();
            out.println(json ? node.toPrettyString() : likelihood.table());
        } else {
            ObjectNode played = played(read.info(), corpus, exporter);
            ObjectNode people = PlayedSets.people(corpus, pieces, notes);
            node.set("played", played);
            node.set("people", people);
            out.println(
                    json
                            ? node.toPrettyString()
                            : likelihood.table() + System.lineSeparator() + PlayingFigures.table(played, people));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static EncodedCorpus required(@Nullable EncodedCorpus corpus) {
        if (corpus == null) {
            throw new IllegalStateException("only rolls can be read from elsewhere");
        }
        return corpus;
    }

    private static int ticksPerSecond(CheckpointInfo info) {
        return info.kind().equals(CheckpointInfo.PAPER)
                ? info.paperEncoding().ticksPerSecond()
                : PerformerPreset.CORPUS_TICKS_PER_SECOND;
    }

    private ObjectNode played(CheckpointInfo info, EncodedCorpus corpus, Path launcher) throws IOException {
        Path folder = Files.createTempDirectory("played");
        try {
            new ExporterLauncher(launcher)
                    .play(List.of("--checkpoint", checkpoint.toString()), pieces, notes, 1, folder);
            EncodedCorpus taught = info.kind().equals(CheckpointInfo.ROLL)
                    ? PerformedRolls.asNotes(
                            corpus, RollEncoding.fromJson(info.encoding()).stepMillis())
                    : corpus;
            return PlayedSets.played(folder, corpus, taught, pieces, notes);
        } finally {
            PlayedSets.delete(folder);
        }
    }

    private FinalMeasures rolls(Checkpoint read, Split measured, @Nullable EncodedCorpus corpus)
            throws IOException, CorpusFormatException {
        RollEncoding encoding = RollEncoding.fromJson(read.info().encoding());
        RollCorpus of =
                rolls != null ? RollCorpus.read(rolls) : PerformedRolls.of(required(corpus), encoding.stepMillis());
        if (of.rolls(measured).isEmpty()) {
            throw new IllegalArgumentException("split (" + measured.label() + ") has no sequence in this corpus");
        }
        try (ProgressBar progress = ProgressBar.of("measuring " + measured.label(), "steps", of.steps(measured))) {
            RollLikelihood likelihood = RollLikelihood.measure(
                    read.network(),
                    RollArchitecture.of(encoding.architecture()),
                    of.rolls(measured),
                    Runtime.getRuntime().availableProcessors(),
                    progress::update);
            return new FinalMeasures(
                    likelihood.toJson().put("split", measured.label()), measured.label() + ": " + likelihood);
        }
    }

    private static FinalMeasures notes(Checkpoint read, Split measured, EncodedCorpus corpus) {
        if (read.info().kind().equals(CheckpointInfo.PERFORMER)) {
            Likelihood likelihood = PerformerMeasures.likelihood(read.network(), corpus, measured);
            return new FinalMeasures(
                    likelihood.toJson().put("split", measured.label()), PerformerMeasures.table(likelihood, measured));
        }
        JsonNode window = read.info().provenance().path("preset").path("window");
        try (ProgressBar progress =
                ProgressBar.of("measuring " + measured.label(), "notes", 2 * corpus.notes(measured))) {
            PaperMeasures measures = PaperMeasures.measure(
                    read.network(),
                    read.info().paperEncoding(),
                    window.asInt(DEFAULT_WINDOW),
                    corpus,
                    measured,
                    progress::update);
            return new FinalMeasures(measures.toJson(), measures.toTable());
        }
    }
}
