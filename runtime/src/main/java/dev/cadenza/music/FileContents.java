package dev.cadenza.music;

import java.util.ArrayList;
import java.util.List;

/** What the tracks of one file have given so far. */
final class FileContents {
    final NoteTable notes = new NoteTable();
    final SustainPedals pedals = new SustainPedals();
    final List<TempoChange> tempos = new ArrayList<>();
    final List<TimeSignature> timeSignatures = new ArrayList<>();
    final List<KeySignature> keySignatures = new ArrayList<>();
    final List<ProgramChange> programChanges = new ArrayList<>();
    final ReadingWarnings warnings = new ReadingWarnings();
    /** Events of every kind, to be held against the limit. */
    int events;
    /** Where the longest track ends. */
    long lastTick;

    Score toScore(SmfHeader header, boolean applySustain) {
        if (applySustain) {
            pedals.seal();
            notes.sustain(pedals, lastTick);
        }
        return new Score(header.tempoMap(tempos), timeSignatures, keySignatures, programChanges, notes.toNotes());
    }
}
