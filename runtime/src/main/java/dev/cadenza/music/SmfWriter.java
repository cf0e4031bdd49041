package dev.cadenza.music;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a score as a Standard MIDI File of format 1. */
final class SmfWriter {
    private final Score score;
    private final Pedal pedal;

    SmfWriter(Score score, Pedal pedal) {
        this.score = score;
        this.pedal = pedal;
    }

    byte[] write() {
        List<byte[]> tracks = new ArrayList<>();
        tracks.add(conductorTrack());
        for (int channel = 0; channel < 16; channel++) {
            TrackWriter track = channelTrack(channel);
            if (!track.isEmpty()) {
                tracks.add(track.toBytes());
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(6)
                .putShort((short) 1)
                .putShort((short) tracks.size())
                .putShort((short) score.ticksPerQuarter());
        writeChunk(file, "MThd", header.array());
        for (byte[] track : tracks) {
            writeChunk(file, "MTrk", track);
        }
        return file.toByteArray();
    }

    private byte[] conductorTrack() {
        TrackWriter track = new TrackWriter();
        for (TimeSignature time : score.timeSignatures()) {
            int power = Integer.numberOfTrailingZeros(time.denominator());
            // 24 MIDI clocks a metronome click and 8 thirty-seconds a quarter note are the customary values.
            track.meta(time.tick(), 0x58, time.numerator(), power, 24, 8);
        }
        for (KeySignature key : score.keySignatures()) {
            track.meta(key.tick(), 0x59, key.sharps() & 0xFF, key.minor() ? 1 : 0);
        }
        for (TempoChange tempo : score.tempoMap().changes()) {
            int micros = tempo.microsPerQuarter();
            track.meta(tempo.tick(), 0x51, micros >> 16, micros >> 8 & 0xFF, micros & 0xFF);
        }
        return track.toBytes();
    }

    private TrackWriter channelTrack(int channel) {
        TrackWriter track = new TrackWriter();
        for (ProgramChange change : score.programChanges()) {
            if (change.channel() == channel) {
                track.programChange(change.tick(), channel, change.program());
            }
        }
        List<Note> notes = KeyStrokes.withoutOverlaps(score.notes(), channel);
        if (pedal == Pedal.HELD && channel != Note.PERCUSSION_CHANNEL) {
            FingersAndPedal played = FingersAndPedal.of(notes);
            // At one tick the pedal lifts before the next note is struck.
            played.moves().forEach(move -> track.pedal(move.tick(), channel, move.down()));
            notes = played.notes();
        }
        notes.forEach(track::note);
        return track;
    }

    private static void writeChunk(ByteArrayOutputStream out, String id, byte[] body) {
        out.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
        out.writeBytes(body);
    }
}
