package dev.cadenza.exporter.command;

import dev.cadenza.console.Deserialization;
import dev.cadenza.console.ErrorLine;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.JarVersion;
import dev.cadenza.console.UsageError;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.onnx.device.NativeLibraryException;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CacheFolder;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import java.io.IOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code exporter}: makes published versions of checkpoints. */
@Command(
        name = "exporter",
        description = "Turns a trained checkpoint into a published model.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ExportCommand.class, PlayCommand.class, ScoreCommand.class, BenchCommand.class})
public final class ExporterMain {
    /** Problems with what the user gave us: a line, no stack trace. */
    private static final Set<Class<? extends Exception>> EXPECTED = Set.of(
            CheckpointFormatException.class,
            CorpusFormatException.class,
            UntranslatableNetworkException.class,
            ExportRefusedException.class,
            ModelRefusedException.class);

    private ExporterMain() {}

    /** Runs one command; exit codes 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        Deserialization.refuse();
        try {
            CacheFolder.lendToNativeLibraries();
        } catch (IOException e) {
            System.err.println("exporter: " + ErrorLine.of(e));
            System.exit(ExitCode.FAILURE);
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new ExporterMain())
                .setParameterExceptionHandler(UsageError::print)
                .setExecutionExceptionHandler(ExporterMain::report);
        command.getCommandSpec().version("Cadenza exporter " + JarVersion.cadenza());
        return command;
    }

    private static int report(Exception problem, CommandLine command, CommandLine.ParseResult result) throws Exception {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof NativeLibraryException library) {
                command.getErr().println(command.getCommandName() + ": " + library.explanation());
                return ExitCode.FAILURE;
            }
        }
        if (!(problem instanceof IOException) && !EXPECTED.contains(problem.getClass())) {
            throw problem;
        }
        command.getErr().println(command.getCommandName() + ": " + ErrorLine.of(problem));
        return ExitCode.FAILURE;
    }
}
