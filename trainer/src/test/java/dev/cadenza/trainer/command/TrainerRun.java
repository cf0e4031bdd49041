package dev.cadenza.trainer.command;

import java.io.PrintWriter;
import java.util.List;

/** The command line in a test's own process. */
public final class TrainerRun {
    private TrainerRun() {}

    /** The exit code of a command with these arguments. */
    public static int run(PrintWriter out, PrintWriter err, List<String> args) {
        return TrainerMain.commandLine().setOut(out).setErr(err).execute(args.toArray(String[]::new));
    }
}
