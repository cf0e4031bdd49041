package dev.cadenza.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the models are by default. */
final class Folders {
    private static final String MODELS = "models";

    private Folders() {}

    /**
     * The folder that was given, else {@code models} in the working folder, else the one next to the launcher's bin.
     *
     * @param launcherHome the folder that holds bin and lib, if the process was started by its launcher
     */
    static Path models(@Nullable Path given, Path workingFolder, @Nullable String launcherHome) {
        if (given != null) {
            return given;
        }
        Path near = workingFolder.resolve(MODELS);
        if (!Files.isDirectory(near) && launcherHome != null) {
            Path sibling = Path.of(launcherHome).resolve(MODELS);
            if (Files.isDirectory(sibling)) {
                return sibling;
            }
        }
        return near;
    }
}
