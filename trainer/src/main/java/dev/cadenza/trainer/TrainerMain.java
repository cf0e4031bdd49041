package dev.cadenza.trainer;

import dev.cadenza.console.ExitCode;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.fetch.FetchCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code trainer}: fetch a corpus, train on it, measure the result. */
@Command(
        name = "trainer",
        description = "Learns piano playing from MIDI.",
        mixinStandardHelpOptions = true,
        version = "Cadenza trainer",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FetchCommand.class, TrainCommand.class, EvaluateCommand.class})
public final class TrainerMain {
    private TrainerMain() {}

    /** Runs one command; exit codes 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new TrainerMain()).setExecutionExceptionHandler(TrainerMain::report);
    }

    private static int report(Exception problem, CommandLine command, CommandLine.ParseResult result) throws Exception {
        if (problem instanceof IOException
                || problem instanceof CorpusFormatException
                || problem instanceof CheckpointFormatException
                || problem instanceof IllegalArgumentException
                || problem instanceof ArithmeticException) {
            command.getErr().println(command.getCommandName() + ": " + describe(problem));
            return ExitCode.FAILURE;
        }
        throw problem;
    }

    private static String describe(Exception problem) {
        if (problem instanceof java.nio.file.FileSystemException fileProblem) {
            String reason = fileProblem.getReason();
            return fileProblem.getFile() + ": "
                    + (reason == null ? problem.getClass().getSimpleName() : reason);
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
