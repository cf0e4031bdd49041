package dev.cadenza.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a look at a version's folder shows without reading its files: names, sizes, times, identities. Two equal stamps
 * that are settled mean equal content; different ones mean that the content has to be read to know.
 *
 * @param text compared, not parsed
 * @param newest the latest time at which anything in the folder was changed
 */
public record VersionStamp(String text, Instant newest) {
    /** Longer than any file system's clock takes for one tick (FAT counts in 2 s). */
    private static final Duration TICK = Duration.ofSeconds(3);

    /** Whether a later change would show: the newest time is past, so that no change to come can have the same. */
    public boolean isSettled(Instant now) {
        return newest.isBefore(now.minus(TICK));
    }

    static VersionStamp of(Path folder, Set<String> names) throws IOException {
        StringBuilder text = new StringBuilder();
        Instant newest = Instant.EPOCH;
        for (String name : names) {
            Path file = folder.resolve(name);
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            Instant changed = changed(file, seen);
            text.append(name)
                    .append('\0')
                    .append(seen.size())
                    .append(' ')
                    .append(seen.lastModifiedTime().toInstant())
                    .append(' ')
                    .append(changed)
                    .append(' ')
                    .append(seen.fileKey())
                    .append('\n');
            newest = changed.isAfter(newest) ? changed : newest;
        }
        return new VersionStamp(text.toString(), newest);
    }

    /** The time of the last change of any kind, which no user can set back, where the file system keeps it. */
    private static Instant changed(Path file, BasicFileAttributes seen) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime") instanceof FileTime time
                    ? time.toInstant()
                    : seen.lastModifiedTime().toInstant();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            Instant linked =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            Instant modified = seen.lastModifiedTime().toInstant();
            return linked.isAfter(modified) ? linked : modified;
        }
    }
}
