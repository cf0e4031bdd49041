package dev.cadenza.console;

/** Exit codes of every launcher. */
public final class ExitCode {
    /** The command did what it was asked. */
    public static final int OK = 0;

    /** The command was understood and failed; standard error says why. */
    public static final int FAILURE = 1;

    /** The command line itself was wrong. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
