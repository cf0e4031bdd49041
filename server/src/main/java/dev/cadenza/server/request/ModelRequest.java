package dev.cadenza.server.request;

import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Something that is asked of a model; everything is checked but whether that model can do it. */
public interface ModelRequest {
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    ModelReference model();

    /** From the arrival of the request to its last note. */
    Duration timeout();

    /** The random seed; empty where nothing is sampled. */
    OptionalLong seed();

    /** Pieces that are asked for, at least 1. */
    default int variations() {
        return 1;
    }

    /** Whether the same request means the same answer, because no seed was chosen for it. */
    boolean isRepeatable();

    /**
     * Everything of the request that the answer's bytes depend on, in one line and in one spelling, so that two requests
     * for the same thing have the same text.
     */
    String normalised();

    /** Warnings for the client, one line of ASCII each; mostly none. */
    List<String> warnings(ModelDescription model);

    /**
     * Refuses what a model cannot do.
     *
     * @throws ProblemException that names the field
     */
    void requireSupported(VersionId id, ModelDescription model) throws ProblemException;
}
