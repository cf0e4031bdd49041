package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.VerifiedVersion;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.server.serving.ServedVersion;
import dev.cadenza.server.serving.VersionLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Loads with ONNX Runtime, and remembers what it was asked for. */
final class CountingLoader implements VersionLoader {
    private final VersionLoader loader = VersionLoader.onnx(DeviceChoice.CPU);
    private final List<VersionId> loads = Collections.synchronizedList(new ArrayList<>());
    private final List<ServedVersion> loaded = Collections.synchronizedList(new ArrayList<>());

    @Override
    public ServedVersion load(VerifiedVersion version) throws ModelRefusedException, DeviceUnavailableException {
        loads.add(version.id());
        ServedVersion served = loader.load(version);
        loaded.add(served);
        return served;
    }

    /** How often a version was tried. */
    long loads(String id) {
        return loads.stream().filter(VersionId.parse(id)::equals).count();
    }

    /** How many loaded versions can still be leased. */
    long open() {
        return loaded.stream()
                .filter(version -> version.lease()
                        .map(lease -> {
                            lease.close();
                            return true;
                        })
                        .orElse(false))
                .count();
    }
}
