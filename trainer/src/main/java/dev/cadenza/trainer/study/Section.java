package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.study.report.Report;
import java.io.IOException;

/** What a part of the report says: it reads cells and computes none. */
@FunctionalInterface
public interface Section {
    /** Writes what the cells say that are there, and says what is not. */
    void write(StudyContext context, Report report) throws IOException, CorpusFormatException;
}
