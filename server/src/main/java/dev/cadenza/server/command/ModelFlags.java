package dev.cadenza.server.command;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.TimeLimits;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.onnx.device.NativeLibrary;
import dev.cadenza.onnx.device.NativeLibraryException;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.NoModelException;
import dev.cadenza.server.serving.ServingEvents;
import dev.cadenza.server.serving.VersionLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where models are and what they run on. */
final class ModelFlags {
    /** The flags, each with its dashes. */
    static final Set<String> NAMES = Set.of("--models", "--device");

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Models folder: models/<name>/<number>/. Default: ./models, else the one next to bin/.")
    private @Nullable Path models;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda",
            defaultValue = "auto",
            description = "What models run on. Default: ${DEFAULT-VALUE}; cuda fails if it does not work.")
    private DeviceChoice device = DeviceChoice.AUTO;

    private UnaryOperator<VersionLoader> changed = UnaryOperator.identity();

    /**
     * What one request needs: where it names a model that is there, no other has to be chosen.
     *
     * @throws ProblemException if it names a version that is not good
     */
    LiveCatalog openFor(ModelReference wanted) throws StartException, ProblemException {
        Path folder = folder();
        LiveCatalog catalog = open(CatalogSettings.once(wanted.name()
                .filter(name -> Files.isDirectory(folder.resolve(name)))
                .orElse(null)));
        boolean good = false;
        try {
            if (wanted.name().isPresent() && wanted.version().isPresent()) {
                catalog.load(wanted.name().get(), wanted.version());
            }
            good = true;
            return catalog;
        } finally {
            if (!good) {
                catalog.close();
            }
        }
    }

    /** Has every loader changed: a test makes one that hangs. */
    void changeLoader(UnaryOperator<VersionLoader> change) {
        changed = change;
    }

    /** The models folder that is meant, whether it is there or not. */
    Path folder() {
        return Folders.models(models, Path.of(""), System.getProperty("cadenza.home"));
    }

    /**
     * Verifies and loads the folder.
     *
     * @param settings how it is followed
     */
    LiveCatalog open(CatalogSettings settings) throws StartException {
        LiveCatalog catalog = begin(settings, ServingEvents.NONE);
        boolean good = false;
        try {
            await(catalog);
            good = true;
            return catalog;
        } finally {
            if (!good) {
                catalog.close();
            }
        }
    }

    /**
     * Begins to verify and load; {@link #await} returns the outcome.
     *
     * @param events called after every run
     */
    LiveCatalog begin(CatalogSettings settings, ServingEvents events) throws StartException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            throw new StartException(
                    "there is no models folder " + folder.toAbsolutePath() + "; name one with --models");
        }
        try {
            TimeLimits limits = new TimeLimits(settings.longestLoad(), TimeLimits.STANDARD.run());
            VersionLoader loader = changed.apply(VersionLoader.onnx(device, events, limits));
            return LiveCatalog.begin(new ModelRepository(folder), loader, settings);
        } catch (IOException e) {
            throw new StartException("--state: " + e.getMessage(), e);
        }
    }

    /** Loads one version, without a catalogue around it. */
    LoadedVersion load(VersionId id) throws StartException, IOException {
        try {
            return LoadedVersion.load(new ModelRepository(folder()).verify(id), device);
        } catch (ModelRefusedException | DeviceUnavailableException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Waits until the default is ready. */
    void await(LiveCatalog catalog) throws StartException {
        try {
            // Whatever the folder holds or will hold: without the library nothing can ever be served.
            NativeLibrary.load();
            catalog.awaitStart();
        } catch (NativeLibraryException e) {
            throw new StartException(e.explanation(), e);
        } catch (NoModelException e) {
            throw new StartException("no model to play in " + folder().toAbsolutePath() + ": " + e.getMessage(), e);
        } catch (DeviceUnavailableException e) {
            throw new StartException("--device " + device.name().toLowerCase(Locale.ROOT) + ": " + e.getMessage(), e);
        }
    }
}
