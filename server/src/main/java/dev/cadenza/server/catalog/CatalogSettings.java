package dev.cadenza.server.catalog;

import dev.cadenza.onnx.TimeLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a folder is followed.
 *
 * @param defaultName the name that a request without one means; null: {@code maestro-performer}, else the only name,
 *     else {@code maestro-paper}
 * @param poll time between two looks at the folder; zero: it is looked at once, and must hold a good default
 * @param state where labels and pins are kept; null: in memory
 * @param marks whether versions that are being loaded are marked in {@code state}: the folder must be this process's own
 * @param others whether other names than the default are served; if not, they are not even loaded
 * @param longestLoad what takes longer to load is refused
 */
public record CatalogSettings(
        @Nullable String defaultName,
        Duration poll,
        @Nullable Path state,
        boolean marks,
        boolean others,
        Duration longestLoad) {
    /** With the standard time to load. */
    public CatalogSettings(@Nullable String defaultName, Duration poll, @Nullable Path state, boolean others) {
        this(defaultName, poll, state, true, others, TimeLimits.STANDARD.load());
    }

    /** The default model of a folder that is looked at once, for a command that plays it. */
    public static CatalogSettings once(@Nullable String defaultName) {
        return new CatalogSettings(defaultName, Duration.ZERO, null, false);
    }
}
