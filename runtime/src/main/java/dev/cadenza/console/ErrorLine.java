package dev.cadenza.console;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a command says of a problem that is not its own fault: one line, no stack trace. */
public final class ErrorLine {
    private ErrorLine() {}

    /** The problem's message; a file problem also names its kind, which the JDK leaves out of the message. */
    public static String of(Exception problem) {
        if (problem instanceof FileSystemException file) {
            return Printable.of(file.getFile() + ": " + reason(file));
        }
        return Printable.of(reason(problem));
    }

    /** The same without the name of the file, for a line that names it already. */
    public static String reason(Exception problem) {
        if (problem instanceof FileSystemException file) {
            String reason = file.getReason();
            return reason == null ? kind(file) : reason;
        }
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }

    private static String kind(FileSystemException problem) {
        if (problem instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return "access denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "is there already";
        }
        return problem.getClass().getSimpleName();
    }
}
