package dev.cadenza.console;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a launcher says of a wrong command line: what is wrong, and where the options are listed; not all of them. */
public final class UsageError {
    private UsageError() {}

    /** For {@link CommandLine#setParameterExceptionHandler}. */
    public static int print(ParameterException problem, String[] arguments) {
        return print(problem, "");
    }

    /**
     * Prints the problem in two or three lines.
     *
     * @param source what the first line begins with, such as the file that the value comes from; may be empty
     * @return {@link ExitCode#USAGE}
     */
    public static int print(ParameterException problem, String source) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(source + problem.getMessage());
        if ("Missing required subcommand".equals(problem.getMessage())) {
            err.println(
                    "Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' lists the options");
        err.flush();
        return ExitCode.USAGE;
    }
}
