package dev.cadenza.trainer.study;

/** The study was asked to stop; what is done is kept. */
public final class StudyStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StudyStoppedException() {
        super("stopped; the same command goes on");
    }
}
