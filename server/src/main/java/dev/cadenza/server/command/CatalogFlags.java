package dev.cadenza.server.command;

import dev.cadenza.server.catalog.CatalogSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How the models folder is followed. */
final class CatalogFlags {
    private static final double SHORTEST_POLL = 0.1;
    private static final double LONGEST_POLL = 86_400;
    private static final double LONGEST_LOAD = 3600;

    @Option(
            names = "--default-model",
            paramLabel = "NAME",
            description = "The model of a request that names none. Default: maestro-performer, else the only one, else "
                    + "maestro-paper")
    private @Nullable String defaultModel;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder that keeps labels, unloaded and rolled back versions, and the version whose loading "
                    + "ended the process. It belongs to one server. Without it they are lost when the server stops.")
    private @Nullable Path state;

    @Option(
            names = "--poll",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "Time between two checks of the models folder, 0.1..86400; 0 checks once. Default: ${DEFAULT-VALUE}")
    private double poll;

    @Option(
            names = "--load-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "A version that takes longer to load is not served; the next best is served instead, 0.1..3600. "
                            + "Default: ${DEFAULT-VALUE}")
    private double loadTimeout;

    /** The folder that is given. */
    @Nullable
    Path state() {
        return state;
    }

    /**
     * What is asked for.
     *
     * @param check whether the folder is looked at once, and nothing is written into the state folder: a server may be
     *     using it
     * @throws StartException if the state folder cannot be used
     */
    CatalogSettings settings(CommandLine command, boolean check) throws StartException {
        CatalogSettings settings = new CatalogSettings(
                defaultModel, check ? Duration.ZERO : pollEvery(command), state, !check, true, longestLoad(command));
        if (state != null && (!Files.isDirectory(state) || !Files.isWritable(state))) {
            throw new StartException("--state: " + state + " is not a folder that can be written to");
        }
        return settings;
    }

    private Duration pollEvery(CommandLine command) {
        if (poll != 0 && !(poll >= SHORTEST_POLL && poll <= LONGEST_POLL)) {
            throw new ParameterException(
                    command, "--poll (" + poll + ") must be 0 or " + SHORTEST_POLL + ".." + LONGEST_POLL + " seconds");
        }
        return Duration.ofMillis(Math.round(poll * 1000));
    }

    private Duration longestLoad(CommandLine command) {
        if (!(loadTimeout >= 0.1 && loadTimeout <= LONGEST_LOAD)) {
            throw new ParameterException(
                    command, "--load-timeout (" + loadTimeout + ") must be 0.1.." + (int) LONGEST_LOAD + " seconds");
        }
        return Duration.ofMillis(Math.round(loadTimeout * 1000));
    }
}
