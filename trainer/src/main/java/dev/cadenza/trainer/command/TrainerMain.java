package dev.cadenza.trainer.command;

import dev.cadenza.console.Deserialization;
import dev.cadenza.console.ErrorLine;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.JarVersion;
import dev.cadenza.console.UsageError;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CacheFolder;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.fetch.FetchCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code trainer}: fetch a corpus, train on it, measure the result and the speed. */
@Command(
        name = "trainer",
        description = "Learns piano playing from MIDI.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            FetchCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            StudyCommand.class
        })
public final class TrainerMain {
    private TrainerMain() {}

    /** Runs one command; exit codes 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        Deserialization.refuse();
        try {
            CacheFolder.lendToNativeLibraries();
        } catch (IOException e) {
            System.err.println("trainer: " + ErrorLine.of(e));
            System.exit(ExitCode.FAILURE);
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new TrainerMain())
                .setParameterExceptionHandler(UsageError::print)
                .setExecutionExceptionHandler(TrainerMain::report);
        command.getCommandSpec().version("Cadenza trainer " + JarVersion.cadenza());
        return command;
    }

    private static int report(Exception problem, CommandLine command, CommandLine.ParseResult result) throws Exception {
        if (problem instanceof IOException
                || problem instanceof CorpusFormatException
                || problem instanceof CheckpointFormatException
                || problem instanceof IllegalArgumentException
                || problem instanceof ArithmeticException) {
            command.getErr().println(command.getCommandName() + ": " + ErrorLine.of(problem));
            return ExitCode.FAILURE;
        }
        throw problem;
    }
}
