package dev.cadenza.server.catalog;

import dev.cadenza.model.VersionId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in the state folder for each version that is being loaded. One that is still there at the start was left by a
 * process that ended meanwhile: it ran out of memory, crashed in native code, or was killed. The file holds how many
 * processes in a row ended so. Safe for use from many threads.
 */
final class LoadMarks {
    private static final Logger LOG = LoggerFactory.getLogger(LoadMarks.class);
    private static final String PREFIX = "loading-";

    private final @Nullable Path folder;
    private final Map<VersionId, Integer> left = new ConcurrentHashMap<>();

    /**
     * Takes note of what was left.
     *
     * @param folder null: nothing is marked
     * @throws IOException if the folder cannot be read
     */
    LoadMarks(@Nullable Path folder) throws IOException {
        this.folder = folder;
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path mark : marks) {
                read(mark);
            }
        }
    }

    private void read(Path mark) throws IOException {
        try {
            String name = String.valueOf(mark.getFileName()).substring(PREFIX.length());
            VersionId id = VersionId.parse(name);
            String count = Files.readString(mark).strip();
            left.put(id, count.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(count) : 1);
            LOG.warn("{}: {}", id, reason(id).orElse(""));
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is not a mark", mark, e);
        }
    }

    /** What is to be said of a version whose loading ended the last process: it is tried after all others. */
    Optional<String> reason(VersionId id) {
        Integer processes = left.get(id);
        if (processes == null) {
            return Optional.empty();
        }
        String ended = processes == 1
                ? "the last process ended while it loaded it"
                : "the last " + processes + " processes ended while they loaded it";
        return Optional.of(ended + "; it is tried when no other version is good");
    }

    void begin(VersionId id) {
        if (folder != null) {
            try {
                Files.writeString(mark(folder, id), Integer.toString(left.getOrDefault(id, 0) + 1));
            } catch (IOException e) {
                LOG.warn("{} is loaded without a mark in the state folder", id, e);
            }
        }
    }

    void end(VersionId id) {
        left.remove(id);
        if (folder != null) {
            try {
                Files.deleteIfExists(mark(folder, id));
            } catch (IOException e) {
                LOG.warn("the mark of {} in the state folder cannot be deleted", id, e);
            }
        }
    }

    private static Path mark(Path folder, VersionId id) {
        return folder.resolve(PREFIX + id);
    }
}
