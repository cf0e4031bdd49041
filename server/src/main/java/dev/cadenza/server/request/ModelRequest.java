package dev.cadenza.server.request;

import dev.cadenza.generation.ModelDescription;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Something that is asked of a model; everything is checked but whether that model can do it. */
public sealed interface ModelRequest permits GenerateRequest, HumanizeRequest, ScoreRequest {
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    ModelReference model();

    /** From the arrival of the request to its last note. */
    Duration timeout();

    /** The seed; empty where there is no chance. */
    OptionalLong seed();

    /** Whether the same request means the same answer, because no seed was chosen for it. */
    boolean isRepeatable();

    /**
     * Everything of the request that the answer's bytes depend on, in one line and in one spelling, so that two requests
     * for the same thing have the same text.
     */
    String normalised();

    /** What whoever asked is to be told besides the answer, in one line of ASCII each; mostly nothing. */
    List<String> warnings(ModelDescription model);

    /**
     * Refuses what a model cannot do.
     *
     * @throws ProblemException that names the field
     */
    void requireSupported(VersionId id, ModelDescription model) throws ProblemException;
}
