package dev.cadenza.server.serving;

import dev.cadenza.generation.GeneratedNote;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.model.VersionId;
import java.time.Duration;

/** Passes notes on and reports them. Of one request, whose notes are all made by one thread. */
final class NoteCount implements NoteListener {
    private final VersionId id;
    private final NoteListener next;
    private final ServingEvents events;
    private final long arrival = System.nanoTime();
    private boolean begun;

    NoteCount(VersionId id, NoteListener next, ServingEvents events) {
        this.id = id;
        this.next = next;
        this.events = events;
    }

    @Override
    public boolean onNote(GeneratedNote note) {
        if (!begun) {
            begun = true;
            events.firstNote(id, Duration.ofNanos(System.nanoTime() - arrival));
        }
        events.note(id);
        return next.onNote(note);
    }
}
