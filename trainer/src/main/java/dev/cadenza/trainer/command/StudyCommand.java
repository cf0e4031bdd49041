package dev.cadenza.trainer.command;

import dev.cadenza.console.ExitCode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.network.SgemmCheck;
import dev.cadenza.trainer.study.Study;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer study}. */
@Command(
        name = "study",
        description = "Repeats the source paper's study: trains, measures and writes a report; the same command goes on"
                + " where it was stopped.",
        mixinStandardHelpOptions = true,
        subcommands = ListenCommand.class)
final class StudyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @Option(
            names = "--rolls",
            paramLabel = "DIR",
            description = "Folder of piano rolls: {\"train\": [[[pitch, ...], ...], ...], \"valid\": .., \"test\": ..},"
                    + " .json or .json.gz.")
    private @Nullable Path rolls;

    @Option(names = "--out", paramLabel = "DIR", description = "The study's folder.")
    private @Nullable Path out;

    @Option(names = "--quick", description = "Every part, with next to no training: minutes instead of hours.")
    private boolean quick;

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "N",
            description = "Parts to compute, by number (default: all); the report has what is there of the others.")
    private List<Integer> parts = List.of();

    @Option(
            names = "--exporter",
            paramLabel = "PATH",
            description = "The exporter's launcher: roll models are exported, proved and played with it.")
    private @Nullable Path exporter;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Published versions whose pieces part 6 measures, with --exporter.")
    private @Nullable Path models;

    @Option(names = "--replicas", description = "Threads of a training (default: the machine's cores).")
    private int replicas = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, CorpusFormatException {
        PrintWriter err = spec.commandLine().getErr();
        // Not required by picocli, for the sake of the subcommand.
        Path folder = required(out, "--out=DIR");
        Path rollFolder = required(rolls, "--rolls=DIR");
        Study study = StudyParts.study();
        Set<Integer> asked = new TreeSet<>(parts.isEmpty() ? study.numbers() : parts);
        for (int part : asked) {
            if (!study.numbers().contains(part)) {
                throw new ParameterException(
                        spec.commandLine(), "--parts (" + part + ") must be among " + study.numbers());
            }
        }
        if (replicas < 1) {
            throw new ParameterException(spec.commandLine(), "--replicas (" + replicas + ") must be at least 1");
        }
        if (exporter != null && !(Files.isRegularFile(exporter) && Files.isExecutable(exporter))) {
            throw new ParameterException(
                    spec.commandLine(), "--exporter (" + exporter + ") must be an executable file");
        }
        if (models != null && !Files.isDirectory(models)) {
            throw new ParameterException(spec.commandLine(), "--models (" + models + ") must be a folder");
        }
        SgemmCheck.run().warning().ifPresent(warning -> err.println("warning: " + warning));
        Files.createDirectories(folder);
        Study.Order order = new Study.Order(
                folder,
                quick,
                asked,
                replicas,
                Optional.ofNullable(exporter).map(ExporterLauncher::new),
                Optional.ofNullable(models),
                command());
        Study.Outcome outcome;
        try (StopSignal stop = StopSignal.install()) {
            outcome = study.run(
                    order,
                    ticksPerSecond -> corpusOptions.encode(ticksPerSecond, err),
                    rollFolder,
                    line -> {
                        err.println(line);
                        err.flush();
                    },
                    stop);
        }
        spec.commandLine().getOut().println("report: " + folder.resolve("REPORT.md"));
        spec.commandLine().getOut().flush();
        return outcome == Study.Outcome.DONE ? ExitCode.OK : ExitCode.FAILURE;
    }

    private Path required(@Nullable Path given, String option) {
        if (given == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '" + option + "'");
        }
        return given;
    }

    /** The command without this machine's paths. */
    private String command() {
        return "trainer study --data MAESTRO --rolls ROLLS --out study" + (quick ? " --quick" : "") + " --replicas "
                + replicas + (exporter == null ? "" : " --exporter EXPORTER")
                + (models == null ? "" : " --models MODELS");
    }
}
