package dev.cadenza.console;

import java.nio.file.FileSystemException;

/** What a command says of a problem that is not its own fault: one line, no stack trace. */
public final class ErrorLine {
    private ErrorLine() {}

    /** The problem's message; a file problem also names its kind, which the JDK leaves out of the message. */
    public static String of(Exception problem) {
        if (problem instanceof FileSystemException file) {
            String reason = file.getReason();
            return file.getFile() + ": " + (reason == null ? problem.getClass().getSimpleName() : reason);
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
