package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import java.io.IOException;

/** A part of the study: computes what is not there yet, then writes its section from what is. */
interface StudyPart {
    /** 1..9, as in the report. */
    int number();

    String title();

    /**
     * Computes what no cell holds yet.
     *
     * @throws StudyStoppedException when stopped; what is done is kept
     */
    void run(StudyContext context) throws IOException, CorpusFormatException;

    /** Writes the section from the cells that are there, and says what is not. */
    void write(StudyContext context) throws IOException, CorpusFormatException;
}
