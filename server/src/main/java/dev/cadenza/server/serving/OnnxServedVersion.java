package dev.cadenza.server.serving;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.LoadedVersion;
import java.util.Locale;
import java.util.Optional;

/** A version in ONNX Runtime. */
record OnnxServedVersion(LoadedVersion version) implements ServedVersion {
    @Override
    public VersionId id() {
        return version.id();
    }

    @Override
    public ModelManifest manifest() {
        return version.manifest();
    }

    @Override
    public String sha256() {
        return version.sha256();
    }

    @Override
    public Optional<String> card() {
        return version.card();
    }

    @Override
    public String device() {
        return version.device().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> deviceNote() {
        return version.deviceNote();
    }

    @Override
    public Optional<Player> lease() {
        return version.lease();
    }

    @Override
    public Optional<String> failure() {
        return version.failure();
    }

    @Override
    public void whenFailed(Runnable then) {
        version.whenFailed(then);
    }

    @Override
    public void close() {
        version.close();
    }
}
