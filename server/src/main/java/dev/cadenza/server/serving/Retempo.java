package dev.cadenza.server.serving;

import dev.cadenza.music.KeySignature;
import dev.cadenza.music.Note;
import dev.cadenza.music.ProgramChange;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.music.TimeSignature;
import java.util.List;

/** Writes a score at another tempo: bars and note values change, the time of every note stays within half a millisecond. */
final class Retempo {
    private static final int MICROS_PER_TICK = 1000;
    private static final int MAX_TICKS_PER_QUARTER = 0x7fff;

    private Retempo() {}

    /** @param microsPerQuarter the tempo of the whole result, 1..16,777,215 */
    static Score at(Score score, int microsPerQuarter) {
        TempoMap from = score.tempoMap();
        TempoMap to = map(microsPerQuarter);
        List<Note> notes =
                score.notes().stream().map(note -> note(note, from, to)).toList();
        return new Score(
                to,
                score.timeSignatures().stream()
                        .map(t -> new TimeSignature(move(t.tick(), from, to), t.numerator(), t.denominator()))
                        .toList(),
                score.keySignatures().stream()
                        .map(k -> new KeySignature(move(k.tick(), from, to), k.sharps(), k.minor()))
                        .toList(),
                score.programChanges().stream()
                        .map(p -> new ProgramChange(move(p.tick(), from, to), p.channel(), p.program()))
                        .toList(),
                notes);
    }

    /** The one tempo, in ticks of at most a millisecond where that many fit into a quarter. */
    static TempoMap map(int microsPerQuarter) {
        int ticksPerQuarter = Math.min(
                MAX_TICKS_PER_QUARTER, Math.max(1, (microsPerQuarter + MICROS_PER_TICK - 1) / MICROS_PER_TICK));
        return TempoMap.constant(ticksPerQuarter, microsPerQuarter);
    }

    static Note note(Note note, TempoMap from, TempoMap to) {
        long start = move(note.startTick(), from, to);
        long end = move(note.endTick(), from, to);
        return new Note(note.channel(), note.pitch(), note.velocity(), start, Math.max(1, end - start));
    }

    private static long move(long tick, TempoMap from, TempoMap to) {
        return to.tickAt(from.microsAt(tick));
    }
}
