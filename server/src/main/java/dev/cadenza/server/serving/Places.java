package dev.cadenza.server.serving;

import dev.cadenza.model.VersionId;
import java.util.HashMap;
import java.util.Map;

/**
 * Streams that play now, by version: a model whose run hangs keeps its own places and not those of others. All together
 * are bounded too. For use under a lock.
 */
final class Places {
    /** Versions that can have all their places taken at once. */
    private static final int VERSIONS = 4;

    private final int most;
    private final Map<VersionId, Integer> byVersion = new HashMap<>();
    private int all;

    /** @param most of one version */
    Places(int most) {
        this.most = most;
    }

    int all() {
        return all;
    }

    /** Whether there is room; a request for more streams than a version has plays when nothing else of the version does. */
    boolean fits(VersionId version, int rows) {
        int own = byVersion.getOrDefault(version, 0);
        return all == 0
                || ((own == 0 || own + rows <= most) && (long) all + Math.min(rows, most) <= (long) VERSIONS * most);
    }

    void occupy(VersionId version, int rows) {
        byVersion.merge(version, rows, Integer::sum);
        all += rows;
    }

    void free(VersionId version, int rows) {
        byVersion.computeIfPresent(version, (any, own) -> own > rows ? Integer.valueOf(own - rows) : null);
        all -= rows;
    }
}
