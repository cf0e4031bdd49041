package dev.cadenza.server.serving;

import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.VersionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one version stands. */
public final class VersionStatus {
    /** What can be said of a version's readiness. */
    public enum State {
        /** Verified, loaded and warm. */
        READY,
        /** Found, and not looked into: a higher version is being served. */
        UNLOADED,
        /** Looked into and found wanting; never served. */
        REFUSED
    }

    private final VersionId id;
    private final State state;
    private final @Nullable String reason;
    private final @Nullable ModelManifest manifest;
    private final @Nullable String sha256;

    private VersionStatus(
            VersionId id,
            State state,
            @Nullable String reason,
            @Nullable ModelManifest manifest,
            @Nullable String sha256) {
        this.id = id;
        this.state = state;
        this.reason = reason;
        this.manifest = manifest;
        this.sha256 = sha256;
    }

    /** A version that is being served. */
    public static VersionStatus ready(VersionId id, ModelManifest manifest, String sha256) {
        return new VersionStatus(id, State.READY, null, manifest, sha256);
    }

    /** A version that was not looked into, and why. */
    public static VersionStatus unloaded(VersionId id, String reason) {
        return new VersionStatus(id, State.UNLOADED, reason, null, null);
    }

    /** A version that must not be served, and why. */
    public static VersionStatus refused(VersionId id, String reason) {
        return new VersionStatus(id, State.REFUSED, reason, null, null);
    }

    public VersionId id() {
        return id;
    }

    public State state() {
        return state;
    }

    public boolean isReady() {
        return state == State.READY;
    }

    /** Why it is not ready; empty if it is. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** What is known of the model; empty if it was not looked into or could not be trusted. */
    public Optional<ModelManifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** SHA-256 of the model file; there if and only if the manifest is. */
    public Optional<String> sha256() {
        return Optional.ofNullable(sha256);
    }
}
