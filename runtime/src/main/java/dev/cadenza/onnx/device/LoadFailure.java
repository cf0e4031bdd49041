package dev.cadenza.onnx.device;

import dev.cadenza.files.FileProblem;
import dev.cadenza.files.TemporaryFolder;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From what a loader threw to a cause and a remedy that its user understands. */
final class LoadFailure {
    private static final String NEEDS = "it needs Linux with glibc 2.27 or newer (not musl, as in Alpine) on x86-64 or"
            + " aarch64, macOS 14 on arm64, or Windows on x86-64";

    /** Anything that may be a path: a word with a slash in it, and who needs a file. */
    private static final Pattern PATH = Pattern.compile("\\(needed by [^)]*\\)|\\S*[/\\\\]\\S*:?\\s*");

    private LoadFailure() {}

    /**
     * The folder for temporary files cannot be used.
     *
     * @param obstacle why, such as "does not exist"
     * @param filesThere whether the library would not have had to be unpacked
     */
    static NativeLibraryException ofTemporaryFolder(String obstacle, boolean filesThere) {
        return new NativeLibraryException(
                "the folder for temporary files " + obstacle,
                filesThere
                        ? "Set the JVM's -Djava.library.path to the folder of the libraries, as the launcher does, or name"
                                + otherFolder()
                        : "Name" + otherFolder(),
                null);
    }

    private static String otherFolder() {
        return " another folder for temporary files in place of " + TemporaryFolder.root()
                + " with JAVA_OPTS=-Djava.io.tmpdir=DIR; the server's archive needs none (see the README)";
    }

    /**
     * The loader failed.
     *
     * @param unpacking why the library could not be unpacked, if that was tried
     * @param folder where the library lies as a file; null if it is unpacked
     */
    static NativeLibraryException of(Throwable thrown, @Nullable IOException unpacking, @Nullable String folder) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (folder == null && unpacking != null) {
            return new NativeLibraryException(
                    "it cannot be unpacked into the folder for temporary files" + FileProblem.inBrackets(unpacking),
                    "It takes 25 MB there: make room in " + TemporaryFolder.root() + ", or name" + otherFolder(),
                    unpacking);
        }
        String message = String.valueOf(root.getMessage());
        if (message.contains("failed to map segment") || message.contains("Operation not permitted")) {
            return notExecutable(folder, root);
        }
        if (message.startsWith("no onnxruntime in java.library.path")) {
            return new NativeLibraryException(
                    "there is none for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                    capital(NEEDS) + ".",
                    root);
        }
        if (message.contains("not found at")) {
            return new NativeLibraryException(
                    "there is no such file where " + NativeLibrary.PATH + " says",
                    "Look into " + folder + ", or unpack the archive again.",
                    root);
        }
        if (root instanceof UnsatisfiedLinkError) {
            return new NativeLibraryException(
                    "it does not fit this system (" + withoutPaths(message) + ")",
                    capital(NEEDS) + (folder == null ? "" : "; it was taken from " + folder),
                    root);
        }
        return new NativeLibraryException(
                withoutPaths(root.getClass().getSimpleName() + ": " + message),
                "The message is ONNX Runtime's own: "
                        + message.lines().findFirst().orElse(""),
                root);
    }

    private static NativeLibraryException notExecutable(@Nullable String folder, Throwable root) {
        String mountOption = " (noexec)";
        return folder == null
                ? new NativeLibraryException(
                        "the folder for temporary files does not let what lies there be executed" + mountOption,
                        "Name" + otherFolder(),
                        root)
                : new NativeLibraryException(
                        "the folder where it lies does not let what lies there be executed" + mountOption,
                        "Move the server from " + folder + " to a file system that is mounted without noexec",
                        root);
    }

    /** The linker's words without the file's name, which it says twice. */
    static String withoutPaths(String message) {
        String plain = PATH.matcher(message.lines().findFirst().orElse(""))
                .replaceAll("")
                .strip();
        return plain.isEmpty() ? "no reason is given" : plain;
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
