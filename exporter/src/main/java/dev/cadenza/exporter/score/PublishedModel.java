package dev.cadenza.exporter.score;

import dev.cadenza.generation.StepModel;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.DeviceChoice;
import dev.cadenza.onnx.DeviceUnavailableException;
import dev.cadenza.onnx.LoadedVersion;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What {@code --model} names: a version's folder, loaded on the CPU as a server would load it.
 *
 * @param model closed with this
 */
public record PublishedModel(VersionId id, LoadedVersion version, StepModel model) implements AutoCloseable {
    /**
     * Loads one.
     *
     * @param folder such as {@code models/x/1}
     * @throws ParameterException when it is no version's folder
     * @throws ModelRefusedException when a server would refuse it
     */
    public static PublishedModel open(Path folder, CommandLine command)
            throws IOException, ModelRefusedException, DeviceUnavailableException {
        Path version = folder.toAbsolutePath().normalize();
        @Nullable Path name = version.getParent();
        @Nullable Path root = name == null ? null : name.getParent();
        String named = name == null ? "" : String.valueOf(name.getFileName());
        String number = String.valueOf(version.getFileName());
        if (root == null || !VersionId.isName(named) || !number.matches("[1-9][0-9]{0,8}")) {
            throw new ParameterException(
                    command, "--model (" + folder + ") must be a version's folder, such as models/x/1");
        }
        VersionId id = new VersionId(named, Integer.parseInt(number));
        LoadedVersion loaded = LoadedVersion.load(new ModelRepository(root).verify(id), DeviceChoice.CPU);
        return new PublishedModel(id, loaded, loaded.lease().orElseThrow());
    }

    @Override
    public void close() {
        model.close();
        version.close();
    }
}
