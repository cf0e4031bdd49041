package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A part's cells one after the other, so that processes share them: one that another process is at is passed over. */
final class Attempts {
    private final StudyContext context;
    private @Nullable BusyException busy;

    Attempts(StudyContext context) {
        this.context = context;
    }

    /** Computes one or more cells. */
    @FunctionalInterface
    interface Attempt {
        void run() throws IOException, CorpusFormatException;
    }

    /**
     * Tries once.
     *
     * @throws StudyStoppedException when the study was asked to stop
     */
    void add(Attempt attempt) throws IOException, CorpusFormatException {
        context.checkpoint();
        try {
            attempt.run();
        } catch (BusyException e) {
            context.log().accept(e.getMessage() + ": the next one");
            busy = e;
        }
    }

    /**
     * Ends the part.
     *
     * @throws BusyException when something was passed over
     */
    void end() throws BusyException {
        if (busy != null) {
            throw busy;
        }
    }
}
