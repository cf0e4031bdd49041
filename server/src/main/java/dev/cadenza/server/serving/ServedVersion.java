package dev.cadenza.server.serving;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.VersionId;
import java.util.Optional;

/** A version that is loaded and warm, as the catalogue holds it. */
public interface ServedVersion extends AutoCloseable {
    VersionId id();

    ModelManifest manifest();

    /** SHA-256 of the model file, 64 hexadecimal digits. */
    String sha256();

    /** What its maker says of it, in Markdown, if anything. */
    Optional<String> card();

    /** Where it runs, such as {@code cpu}. */
    String device();

    /** Why it does not run on a better device, if there is something to say. */
    Optional<String> deviceNote();

    /** The model, until its taker closes it; empty if this version is closed already or has failed. */
    Optional<Player> lease();

    /** Why it can no longer be used although it was not closed; empty while it can. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** Does something when it can be used no more, or at once if that is so already. */
    default void whenFailed(Runnable then) {}

    /** No more leases; what it holds is freed when the last one is back. */
    @Override
    void close();
}
