package dev.cadenza.server.serving;

import dev.cadenza.engine.StepListener;
import dev.cadenza.model.VersionId;
import java.time.Duration;

/** What models do, for counters; called from the threads that play, so it must be quick. */
public interface ServingEvents {
    /** Does nothing. */
    ServingEvents NONE = new ServingEvents() {
        @Override
        public StepListener steps(VersionId id) {
            return StepListener.NONE;
        }

        @Override
        public void note(VersionId id) {}

        @Override
        public void firstNote(VersionId id, Duration sinceArrival) {}
    };

    /** Called for every run of a version that is about to be loaded. */
    StepListener steps(VersionId id);

    /** A new note was made. */
    void note(VersionId id);

    /** The first new note of a request was made. */
    void firstNote(VersionId id, Duration sinceArrival);
}
