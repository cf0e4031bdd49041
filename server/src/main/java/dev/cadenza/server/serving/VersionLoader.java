package dev.cadenza.server.serving;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.TimeLimits;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;

/** Makes a verified version playable. */
@FunctionalInterface
public interface VersionLoader {
    /**
     * Loads it, tries it out and makes it warm.
     *
     * @throws ModelRefusedException if it must not be served
     * @throws DeviceUnavailableException if the device that was insisted on does not work
     */
    ServedVersion load(VerifiedVersion version) throws ModelRefusedException, DeviceUnavailableException;

    /** Loads with ONNX Runtime. */
    static VersionLoader onnx(DeviceChoice choice) {
        return onnx(choice, ServingEvents.NONE);
    }

    /**
     * Loads with ONNX Runtime.
     *
     * @param events called after every run
     */
    static VersionLoader onnx(DeviceChoice choice, ServingEvents events) {
        return onnx(choice, events, TimeLimits.STANDARD);
    }

    /** The same with other limits. */
    static VersionLoader onnx(DeviceChoice choice, ServingEvents events, TimeLimits limits) {
        return version ->
                new OnnxServedVersion(LoadedVersion.load(version, choice, events.steps(version.id()), limits));
    }
}
