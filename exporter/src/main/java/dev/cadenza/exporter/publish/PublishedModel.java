package dev.cadenza.exporter.publish;

import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import java.io.IOException;

/**
 * A published version, loaded on the CPU as a server would load it.
 *
 * @param model closed with this
 */
public record PublishedModel(VersionId id, LoadedVersion version, Player model) implements AutoCloseable {
    /**
     * Loads one.
     *
     * @throws ModelRefusedException when a server would refuse it
     */
    public static PublishedModel open(VersionFolder folder)
            throws IOException, ModelRefusedException, DeviceUnavailableException {
        LoadedVersion loaded = LoadedVersion.load(folder.models().verify(folder.id()), DeviceChoice.CPU);
        return new PublishedModel(folder.id(), loaded, loaded.lease().orElseThrow());
    }

    @Override
    public void close() {
        model.close();
        version.close();
    }
}
