package dev.cadenza.server.serving;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.VersionId;

/** The use of one loaded version for one request. Its holder closes it, once, when the last step has been made. */
public interface ModelLease extends AutoCloseable {
    VersionId id();

    /** SHA-256 of the model file, 64 hexadecimal digits. */
    String sha256();

    /** Where it runs, such as {@code cpu}. */
    String device();

    /** The model; not to be used after {@link #close}, and not to be closed. */
    Player model();

    @Override
    void close();
}
