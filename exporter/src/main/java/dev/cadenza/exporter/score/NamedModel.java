package dev.cadenza.exporter.score;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A published version or a checkpoint, one of the two: a picocli group. */
public final class NamedModel {
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
    public @Nullable Path model() {
        return model;
    }

    /** The checkpoint's file; null when a version was named. */
    public @Nullable Path checkpoint() {
        return checkpoint;
    }
}
