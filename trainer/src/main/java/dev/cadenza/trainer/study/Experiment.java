package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import java.io.IOException;

/** What a part trains and measures: it fills cells. */
@FunctionalInterface
public interface Experiment {
    /**
     * Computes what no cell holds yet.
     *
     * @throws StudyStoppedException when stopped; what is done is kept
     */
    void run(StudyContext context) throws IOException, CorpusFormatException;

    /**
     * Computes what takes seconds and is missing, before every report: also when this part was not asked for, or the study
     * was stopped.
     */
    default void complete(StudyContext context) throws IOException, CorpusFormatException {}
}
