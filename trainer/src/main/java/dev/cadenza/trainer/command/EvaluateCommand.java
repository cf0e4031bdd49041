package dev.cadenza.trainer.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.evaluation.PlayedSets;
import dev.cadenza.trainer.evaluation.PlayingFigures;
import dev.cadenza.trainer.family.ModelData;
import dev.cadenza.trainer.family.ModelFamily;
import dev.cadenza.trainer.family.WrongUsageException;
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
        description = "Measures a checkpoint on a split and compares what it plays with what people play.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
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
            description = "For a piano-roll model: rolls to measure on, instead of those of --data.")
    private @Nullable Path rolls;

    @Option(
            names = "--exporter",
            paramLabel = "PATH",
            description =
                    "The exporter's launcher: generates pieces and compares them with the openings of people's pieces.")
    private @Nullable Path exporter;

    @Option(names = "--pieces", defaultValue = "100", description = "Pieces to generate (default: ${DEFAULT-VALUE}).")
    private int pieces;

    @Option(names = "--notes", defaultValue = "200", description = "Notes of each piece (default: ${DEFAULT-VALUE}).")
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
            throw new ParameterException(
                    spec.commandLine(), "--exporter (" + exporter + ") must be an executable file");
        }
        if (pieces < FEWEST_PIECES || notes < 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pieces (" + pieces + ") must be at least " + FEWEST_PIECES + ", --notes (" + notes
                            + ") at least 2");
        }
        Checkpoint read = Checkpoint.read(checkpoint);
        PrintWriter err = spec.commandLine().getErr();
        ModelFamily family = ModelFamily.of(read.info());
        ModelData data;
        try {
            data = family.open(read.info(), corpusOptions.source(rolls, err));
        } catch (WrongUsageException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (data.isEmpty(measured)) {
            throw new IllegalArgumentException("split (" + measured.label() + ") has no piece in this corpus");
        }
        ModelData.Measures likelihood = data.measure(read.network(), read.info(), measured);
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode node = likelihood.json();
        EncodedCorpus corpus = data.performances();
        if (exporter == null || corpus == null) {
            err.println("what it plays is not measured: that needs "
                    + (exporter == null ? "--exporter, the exporter's launcher" : "--data, people's performances"));
            err.flush();
            out.println(json ? node.toPrettyString() : likelihood.table());
        } else {
            ObjectNode played = played(family.asTrained(read.info().encoding(), corpus), corpus, exporter);
            ObjectNode people = PlayedSets.people(corpus, pieces, notes);
            node.set("played", played);
            node.set("people", people);
            out.println(
                    json
                            ? node.toPrettyString()
                            : likelihood.table()
                                    + System.lineSeparator()
                                    + PlayingFigures.table(played, people)
                                    + System.lineSeparator()
                                    + PlayingFigures.measures(played, people));
        }
        out.flush();
        return ExitCode.OK;
    }

    private ObjectNode played(EncodedCorpus asTrained, EncodedCorpus corpus, Path launcher) throws IOException {
        Path folder = Files.createTempDirectory("played");
        try {
            new ExporterLauncher(launcher)
                    .play(List.of("--checkpoint", checkpoint.toString()), pieces, notes, 1, folder);
            return PlayedSets.played(folder, corpus, asTrained, pieces, notes);
        } finally {
            PlayedSets.delete(folder);
        }
    }
}
