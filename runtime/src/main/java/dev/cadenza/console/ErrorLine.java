package dev.cadenza.console;

import dev.cadenza.files.FileProblem;
import dev.cadenza.files.Printable;
import java.nio.file.FileSystemException;

/** What a command prints of a problem that is not its own fault: one line, no stack trace. */
public final class ErrorLine {
    private ErrorLine() {}

    /** The problem's message; a file problem also names its kind, which the JDK leaves out of the message. */
    public static String of(Exception problem) {
        String reason = FileProblem.reason(problem);
        return Printable.of(problem instanceof FileSystemException file ? file.getFile() + ": " + reason : reason);
    }
}
