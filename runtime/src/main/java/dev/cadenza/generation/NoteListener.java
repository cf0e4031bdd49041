package dev.cadenza.generation;

/** Called with every note as soon as it is made. */
@FunctionalInterface
public interface NoteListener {
    /** Lets everything go on. */
    NoteListener SILENT = note -> true;

    /**
     * Called on the thread that generates.
     *
     * @return whether to go on; false ends the generation with a {@link java.util.concurrent.CancellationException}
     */
    boolean onNote(GeneratedNote note);
}
