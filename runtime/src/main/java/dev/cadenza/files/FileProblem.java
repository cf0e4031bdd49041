package dev.cadenza.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written. */
public final class FileProblem {
    private FileProblem() {}

    /**
     * The reason without the path of the file, for a message that names it already; any other exception's message, or
     * its class.
     */
    public static String reason(Exception problem) {
        if (problem instanceof FileSystemException file) {
            String reason = file.getReason();
            return reason == null ? kind(file) : reason;
        }
        String message = problem.getMessage();
        if (message == null) {
            return problem.getClass().getSimpleName();
        }
        if (problem instanceof FileNotFoundException && message.endsWith(")")) {
            // Its message is "<path> (<reason>)".
            return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
        }
        return message;
    }

    /** The reason such as " (No space left on device)"; empty if it could name a path of this machine. */
    public static String inBrackets(IOException problem) {
        String reason = reason(problem);
        return problem.getMessage() == null || reason.contains("/") || reason.contains("\\") ? "" : " (" + reason + ")";
    }

    private static String kind(FileSystemException problem) {
        if (problem instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return "access denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        return problem.getClass().getSimpleName();
    }
}
