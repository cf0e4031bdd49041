package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cells one after the other, so that processes share them: one that another process is at is passed over. */
public final class Attempts {
    private final StudyContext context;
    private Cells.@Nullable BusyException busy;

    /** Attempts of one experiment. */
    public Attempts(StudyContext context) {
        this.context = context;
    }

    /** Computes one or more cells. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws IOException, CorpusFormatException;
    }

    /**
     * Tries once.
     *
     * @throws StudyStoppedException when the study was asked to stop
     */
    public void add(Attempt attempt) throws IOException, CorpusFormatException {
        context.stopWhenAsked();
        try {
            attempt.run();
        } catch (Cells.BusyException e) {
            context.log().accept(e.getMessage() + ": the next one");
            busy = e;
        }
    }

    /**
     * Ends the experiment.
     *
     * @throws IOException when something was passed over
     */
    public void end() throws IOException {
        if (busy != null) {
            throw busy;
        }
    }
}
