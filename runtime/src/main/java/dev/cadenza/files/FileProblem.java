package dev.cadenza.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** What the system says of a file that cannot be written, without the path that the message begins with. */
public final class FileProblem {
    private FileProblem() {}

    /** Such as " (No space left on device)"; empty if nothing is known. */
    public static String inBrackets(IOException problem) {
        String reason = reason(problem);
        return reason == null ? "" : " (" + reason + ")";
    }

    private static @Nullable String reason(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (problem instanceof FileSystemException file) {
            return file.getReason();
        }
        String message = problem.getMessage();
        if (message == null) {
            return null;
        }
        // A FileNotFoundException says "<path> (<reason>)".
        int open = message.lastIndexOf('(');
        if (open >= 0 && message.endsWith(")")) {
            return message.substring(open + 1, message.length() - 1);
        }
        return message.contains("/") || message.contains("\\") ? null : message;
    }
}
