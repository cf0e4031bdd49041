package dev.cadenza.generation;

import dev.cadenza.music.KeySignature;
import dev.cadenza.music.Note;
import dev.cadenza.music.ProgramChange;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoChange;
import dev.cadenza.music.TempoMap;
import dev.cadenza.music.TimeSignature;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the new notes of a model, in its own ticks, into a score. */
final class Continuation {
    private static final int MAX_TICKS_PER_QUARTER = 0x7fff;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Continuation() {}

    static int lastMicrosPerQuarter(@Nullable Prompt prompt) {
        if (prompt == null) {
            return Piece.DEFAULT_MICROS_PER_QUARTER;
        }
        List<TempoChange> changes = prompt.score().tempoMap().changes();
        return changes.get(changes.size() - 1).microsPerQuarter();
    }

    static Score alone(NoteMatrix notes, int microsPerQuarter) {
        int ticksPerQuarter = ticksPerQuarter(notes.ticksPerSecond(), microsPerQuarter);
        TempoMap tempoMap = TempoMap.constant(ticksPerQuarter, microsPerQuarter);
        long origin = notes.size() == 0 ? 0 : notes.onsetTick(0);
        return Score.of(tempoMap, place(notes, new NotePlacement(tempoMap, notes.ticksPerSecond(), 0, -origin, 0)));
    }

    /** @param origin where the notes count from, in their own ticks */
    static Score join(Prompt prompt, long origin, NoteMatrix notes) {
        Score score = finer(prompt.score(), notes.ticksPerSecond(), lastMicrosPerQuarter(prompt));
        List<Note> all = new ArrayList<>(score.notes());
        all.addAll(place(notes, NotePlacement.behind(new Prompt(score), notes.ticksPerSecond(), origin)));
        return new Score(score.tempoMap(), score.timeSignatures(), score.keySignatures(), score.programChanges(), all);
    }

    /** The fewest ticks per quarter that are no longer than the model's; as many as fit if none are. */
    static int ticksPerQuarter(int ticksPerSecond, int microsPerQuarter) {
        long needed = ((long) microsPerQuarter * ticksPerSecond + MICROS_PER_SECOND - 1) / MICROS_PER_SECOND;
        return (int) Math.max(1, Math.min(needed, MAX_TICKS_PER_QUARTER));
    }

    private static List<Note> place(NoteMatrix notes, NotePlacement placement) {
        List<Note> placed = new ArrayList<>(notes.size());
        for (int row = 0; row < notes.size(); row++) {
            placed.add(
                    placement.place(notes.onsetTick(row), notes.pitch(row), notes.velocity(row), notes.duration(row)));
        }
        return placed;
    }

    static Score finer(Score score, int ticksPerSecond, int microsPerQuarter) {
        int ticksPerQuarter = score.ticksPerQuarter();
        int factor = Math.min(
                (ticksPerQuarter(ticksPerSecond, microsPerQuarter) + ticksPerQuarter - 1) / ticksPerQuarter,
                MAX_TICKS_PER_QUARTER / ticksPerQuarter);
        if (factor <= 1) {
            return score;
        }
        TempoMap tempoMap = TempoMap.of(
                ticksPerQuarter * factor,
                score.tempoMap().changes().stream()
                        .map(change -> new TempoChange(change.tick() * factor, change.microsPerQuarter()))
                        .toList());
        return new Score(
                tempoMap,
                score.timeSignatures().stream()
                        .map(t -> new TimeSignature(t.tick() * factor, t.numerator(), t.denominator()))
                        .toList(),
                score.keySignatures().stream()
                        .map(k -> new KeySignature(k.tick() * factor, k.sharps(), k.minor()))
                        .toList(),
                score.programChanges().stream()
                        .map(p -> new ProgramChange(p.tick() * factor, p.channel(), p.program()))
                        .toList(),
                score.notes().stream()
                        .map(n -> new Note(
                                n.channel(),
                                n.pitch(),
                                n.velocity(),
                                n.startTick() * factor,
                                n.durationTicks() * factor))
                        .toList());
    }
}
