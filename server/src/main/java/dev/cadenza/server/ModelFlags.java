package dev.cadenza.server;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.onnx.DeviceChoice;
import dev.cadenza.onnx.DeviceUnavailableException;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.FolderCatalog;
import dev.cadenza.server.serving.NoModelException;
import dev.cadenza.server.serving.VersionLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where models are and what they run on. */
final class ModelFlags {
    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Models folder: models/<name>/<number>/. Default: ./models, else the one beside bin/.")
    private @Nullable Path models;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda",
            defaultValue = "auto",
            description = "What models run on. Default: ${DEFAULT-VALUE}; cuda fails if it does not work.")
    private DeviceChoice device = DeviceChoice.AUTO;

    /** The same for one request: where it names a model that is there, no other has to be chosen. */
    FolderCatalog openFor(ModelReference wanted) throws StartException {
        Path folder = folder();
        return open(wanted.name()
                .filter(name -> Files.isDirectory(folder.resolve(name)))
                .orElse(null));
    }

    /** The models folder that is meant, whether it is there or not. */
    Path folder() {
        return Folders.models(models, Path.of(""), System.getProperty("cadenza.home"));
    }

    /**
     * Verifies and loads the folder.
     *
     * @param defaultName see {@link FolderCatalog#open}
     */
    FolderCatalog open(@Nullable String defaultName) throws StartException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            throw new StartException(
                    "there is no models folder " + folder.toAbsolutePath() + "; name one with --models");
        }
        try {
            return FolderCatalog.open(new ModelRepository(folder), VersionLoader.onnx(device), defaultName);
        } catch (NoModelException e) {
            throw new StartException("no model to play in " + folder.toAbsolutePath() + ": " + e.getMessage(), e);
        } catch (DeviceUnavailableException e) {
            throw new StartException("--device " + device.name().toLowerCase(Locale.ROOT) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartException("the models folder " + folder.toAbsolutePath() + " cannot be read: " + e, e);
        }
    }
}
