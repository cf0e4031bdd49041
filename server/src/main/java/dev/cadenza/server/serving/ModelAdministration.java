package dev.cadenza.server.serving;

import dev.cadenza.server.problem.ProblemException;
import java.util.OptionalInt;

/**
 * The operator's commands to a catalogue. Each is done when it returns, and changes nothing when it throws.
 * Safe for use from many threads; commands are carried out one after the other.
 */
public interface ModelAdministration {
    /**
     * Loads a version, or looks again for the highest good one; what was unloaded or rolled back may be served again.
     *
     * @throws ProblemException if there is no such model or version, or it is not good; the reason is in it
     */
    void load(String name, OptionalInt version) throws ProblemException;

    /**
     * Ends the leasing of a version, or of the name, until it is loaded or a higher one appears.
     *
     * @throws ProblemException if there is no such model or version, or a label names the version
     */
    void unload(String name, OptionalInt version) throws ProblemException;

    /**
     * Sets a label, and loads the version that it names.
     *
     * @throws ProblemException if the version is not good, or a canary would get a share without a stable version
     */
    void label(String name, String label, Label target) throws ProblemException;

    /**
     * Takes a label away.
     *
     * @throws ProblemException if it is not set, or the canary's share rests on it
     */
    void unlabel(String name, String label) throws ProblemException;

    /**
     * Serves the version before the one that the bare name means now.
     *
     * @throws ProblemException if there is none that is good
     */
    void rollback(String name) throws ProblemException;
}
