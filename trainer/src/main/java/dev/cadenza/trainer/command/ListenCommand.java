package dev.cadenza.trainer.command;

import dev.cadenza.console.ExitCode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.study.ListeningPage;
import dev.cadenza.trainer.study.StudyData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer study listen}. */
@Command(
        name = "listen",
        description = "Makes a blind listening page of people's and a model's clips; its ratings go into the report.",
        mixinStandardHelpOptions = true)
final class ListenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @Option(names = "--pairs", defaultValue = "10", description = "Clips of each kind (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--exporter",
            required = true,
            paramLabel = "PATH",
            description = "The exporter's launcher: the model plays by it.")
    private Path exporter = Path.of(".");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FOLDER",
            description = "A published version, such as models/x/1.")
    private Path model = Path.of(".");

    @Option(
            names = "--out",
            defaultValue = "study",
            paramLabel = "DIR",
            description = "The study's folder (default: ${DEFAULT-VALUE}); the page goes into listening/ there.")
    private Path out = Path.of("study");

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Random seed of clips and their order (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException, CorpusFormatException {
        if (!Files.isRegularFile(exporter) || !Files.isExecutable(exporter)) {
            throw new ParameterException(
                    spec.commandLine(), "--exporter (" + exporter + ") must be an executable file");
        }
        if (pairs < 1) {
            throw new ParameterException(spec.commandLine(), "--pairs (" + pairs + ") must be at least 1");
        }
        EncodedCorpus corpus = corpusOptions.encode(
                StudyData.TICKS_PER_SECOND, spec.commandLine().getErr());
        Path page = ListeningPage.make(out, corpus, new ExporterLauncher(exporter), model, pairs, seed);
        spec.commandLine()
                .getOut()
                .println("open " + page.resolve("index.html") + "; ratings go into " + page.resolve("ratings"));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
