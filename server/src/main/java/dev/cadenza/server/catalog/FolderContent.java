package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.model.VersionStamp;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of the files of a version's folder, so that they are read again only when they have changed. */
final class FolderContent {
    private static final VersionStamp UNSEEN = new VersionStamp("", Instant.MAX);

    private final VersionId id;
    private final ModelRepository repository;
    private VersionStamp stamp = UNSEEN;
    private boolean settled;

    FolderContent(VersionId id, ModelRepository repository) {
        this.id = id;
        this.repository = repository;
    }

    void look() {
        stamp = stampNow();
        settled = stamp.isSettled(Instant.now());
    }

    void forget() {
        stamp = UNSEEN;
    }

    /** Whether the folder was not just being written at the last look. */
    boolean isSettled() {
        return settled;
    }

    /** Whether sizes or times of files differ from those of the last look. */
    boolean hasChanged() {
        return !stampNow().equals(stamp);
    }

    /** SHA-256 of all files; null if they cannot be read. */
    @Nullable
    String sha256() {
        try {
            return repository.contentSha256(id);
        } catch (IOException e) {
            return null;
        }
    }

    private VersionStamp stampNow() {
        try {
            return repository.stamp(id);
        } catch (IOException e) {
            return UNSEEN;
        }
    }
}
