package dev.cadenza.exporter.command;

import dev.cadenza.exporter.publish.VersionFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A published version or a checkpoint, one of the two: a picocli group. */
final class NamedModel {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FOLDER",
            description = "A published version, such as models/x/1.")
    private @Nullable Path model;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "FILE",
            description =
                    "A checkpoint that is not published, such as RUN/best.zip, as exporter export would write it.")
    private @Nullable Path checkpoint;

    /** The version's folder; null when a checkpoint was named. */
    @Nullable
    Path model() {
        return model;
    }

    /**
     * The version that a folder such as {@code models/x/1} names.
     *
     * @throws ParameterException when it is not the folder of a version
     */
    static VersionFolder version(Path folder, CommandLine command) {
        return VersionFolder.of(folder)
                .orElseThrow(() -> new ParameterException(
                        command, "--model (" + folder + ") must be a version's folder, such as models/x/1"));
    }

    /** The checkpoint's file; null when a version was named. */
    @Nullable
    Path checkpoint() {
        return checkpoint;
    }
}
