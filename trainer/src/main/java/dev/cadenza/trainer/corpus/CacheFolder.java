package dev.cadenza.trainer.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a user's files go that can be made again. */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * {@code cadenza} below {@code XDG_CACHE_HOME} or {@code .cache} at home; for a user without a home, as a
     * container's often is, a folder of its own below the temporary one.
     */
    public static Path ofUser() throws IOException {
        return of(System.getenv(), System.getProperty("user.home"), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Sets where JavaCPP unpacks native libraries when it would take a folder that others may write to. */
    public static void lendToNativeLibraries() throws IOException {
        String property = "org.bytedeco.javacpp.cachedir";
        String home = System.getProperty("user.home");
        if (System.getProperty(property) == null && !isFolder(home)) {
            System.setProperty(property, ofUser().resolve("javacpp").toString());
        }
    }

    static Path of(Map<String, String> environment, @Nullable String home, Path temporary) throws IOException {
        String xdg = environment.get("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) {
            return Path.of(xdg).resolve("cadenza");
        }
        for (String candidate : new @Nullable String[] {home, environment.get("HOME")}) {
            if (isFolder(candidate)) {
                return Path.of(candidate).resolve(".cache").resolve("cadenza");
            }
        }
        return own(temporary);
    }

    /**
     * The JDK says {@code ?} for the home of a user that the system has no entry of; {@code /} cannot be written to.
     */
    private static boolean isFolder(@Nullable String home) {
        return home != null && Path.of(home).isAbsolute() && Files.isWritable(Path.of(home));
    }

    /** Below a folder that all users write to: this user's own, and not writable by others. */
    private static Path own(Path temporary) throws IOException {
        Object user = uid(Files.createTempFile(temporary, "cadenza", null), true);
        Path folder = temporary.resolve("cadenza-" + user);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        boolean writableByOthers = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream()
                .anyMatch(permission -> permission.name().endsWith("S_WRITE")
                        && !permission.name().startsWith("OWNER"));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || writableByOthers
                || !uid(folder, false).equals(user)) {
            throw new IOException(folder + " belongs to another user: set XDG_CACHE_HOME to a folder of your own");
        }
        return folder;
    }

    private static Object uid(Path file, boolean passing) throws IOException {
        Object uid = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (passing) {
            Files.delete(file);
        }
        return uid;
    }
}
