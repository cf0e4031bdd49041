package dev.cadenza.music;

/** Reads the events of one track chunk. */
final class TrackReader {
    private static final int META = 0xFF;
    private static final int SYSTEM_EXCLUSIVE = 0xF0;
    private static final int SYSTEM_EXCLUSIVE_REST = 0xF7;

    private static final int META_END_OF_TRACK = 0x2F;
    private static final int META_TEMPO = 0x51;
    private static final int META_TIME_SIGNATURE = 0x58;
    private static final int META_KEY_SIGNATURE = 0x59;

    private static final int CONTROL_SUSTAIN = 64;
    private static final int CONTROL_ALL_SOUND_OFF = 120;
    private static final int CONTROL_RESET = 121;
    private static final int CONTROL_ALL_NOTES_OFF = 123;

    private final ByteCursor in;
    private final FileContents contents;
    private final MidiLimits limits;
    private long tick;
    private int runningStatus;
    /** Whether a meta or system exclusive event has ended the running status. */
    private boolean interrupted;

    TrackReader(ByteCursor in, FileContents contents, MidiLimits limits) {
        this.in = in;
        this.contents = contents;
        this.limits = limits;
    }

    /**
     * Reads events up to and with the end-of-track event, or up to the cursor's end.
     *
     * @return whether there was an end-of-track event
     */
    boolean readEvents() throws MidiFormatException {
        boolean ended = false;
        while (!ended && in.remaining() > 0) {
            int start = in.position();
            tick += in.variableLength("a delta time");
            // A note lasts at least a tick, so the last possible tick has room for its end only.
            if (tick >= TempoMap.LAST_TICK) {
                throw in.problemAt(start, "tick %d must be below %d".formatted(tick, TempoMap.LAST_TICK));
            }
            if (++contents.events > limits.maxEvents()) {
                throw in.problemAt(start, "more than " + limits.maxEvents() + " events");
            }
            ended = readEvent();
        }
        contents.notes.closeTrack(tick);
        contents.lastTick = Math.max(contents.lastTick, tick);
        return ended;
    }

    private boolean readEvent() throws MidiFormatException {
        int start = in.position();
        int status = in.unsignedByte("an event");
        if (status < 0x80) {
            if (runningStatus == 0) {
                throw in.problemAt(start, "data byte 0x%02X without a status byte before it".formatted(status));
            }
            if (interrupted) {
                contents.warnings.runningStatusGoesOn(in, start);
                interrupted = false;
            }
            in.moveTo(start);
            readChannelEvent(runningStatus);
            return false;
        }
        if (status < SYSTEM_EXCLUSIVE) {
            runningStatus = status;
            interrupted = false;
            readChannelEvent(status);
            return false;
        }
        interrupted = true;
        return switch (status) {
            case META -> readMeta();
            case SYSTEM_EXCLUSIVE, SYSTEM_EXCLUSIVE_REST -> {
                in.skip(in.variableLength("a system exclusive event's length"), "a system exclusive event");
                yield false;
            }
            default -> throw in.problemAt(start, "status byte 0x%02X does not belong in a MIDI file".formatted(status));
        };
    }

    private void readChannelEvent(int status) throws MidiFormatException {
        int channel = status & 0x0F;
        switch (status & 0xF0) {
            case 0x80 -> {
                int pitch = in.dataByte("a note-off's pitch");
                in.dataByte("a note-off's velocity");
                contents.notes.close(channel, pitch, tick);
            }
            case 0x90 -> {
                int pitch = in.dataByte("a note-on's pitch");
                int velocity = in.dataByte("a note-on's velocity");
                if (velocity == 0) {
                    contents.notes.close(channel, pitch, tick);
                } else {
                    contents.notes.open(channel, pitch, velocity, tick);
                }
            }
            case 0xB0 -> control(channel, in.dataByte("a controller's number"), in.dataByte("a controller's value"));
            case 0xC0 ->
                contents.programChanges.add(
                        new ProgramChange(tick, channel, in.dataByte("a program change's program")));
            case 0xD0 -> in.dataByte("a channel pressure");
            default -> {
                in.dataByte("a channel event's first byte");
                in.dataByte("a channel event's second byte");
            }
        }
    }

    private void control(int channel, int controller, int value) {
        if (controller == CONTROL_SUSTAIN) {
            contents.pedals.add(channel, tick, value >= 64);
        } else if (controller == CONTROL_RESET) {
            contents.pedals.add(channel, tick, false);
        } else if (controller == CONTROL_ALL_SOUND_OFF || controller >= CONTROL_ALL_NOTES_OFF) {
            contents.notes.closeChannel(channel, tick);
        }
    }

    private boolean readMeta() throws MidiFormatException {
        int type = in.unsignedByte("a meta event's type");
        if (type == META_END_OF_TRACK && in.remaining() == 0) {
            return true;
        }
        int length = in.variableLength("a meta event's length");
        int body = in.position();
        in.skip(length, "a meta event");
        int after = in.position();
        in.moveTo(body);
        switch (type) {
            case META_TEMPO -> readTempo(length);
            case META_TIME_SIGNATURE -> readTimeSignature(length);
            case META_KEY_SIGNATURE -> readKeySignature(length);
            default -> {
                // Texts, names, ports and the like change no note.
            }
        }
        in.moveTo(after);
        return type == META_END_OF_TRACK;
    }

    private void readTempo(int length) throws MidiFormatException {
        int start = in.position();
        if (length < 3) {
            throw in.problem("a tempo event has " + length + " bytes but must have 3");
        }
        int micros = in.unsignedShort("a tempo") << 8 | in.unsignedByte("a tempo");
        if (micros == 0) {
            throw in.problemAt(start, "a tempo is 0 but must be at least 1 microsecond per quarter note");
        }
        contents.tempos.add(new TempoChange(tick, micros));
    }

    private void readTimeSignature(int length) throws MidiFormatException {
        if (length < 2) {
            return;
        }
        int numerator = in.unsignedByte("a time signature");
        int power = in.unsignedByte("a time signature");
        if (numerator > 0 && power < 16) {
            contents.timeSignatures.add(new TimeSignature(tick, numerator, 1 << power));
        }
    }

    private void readKeySignature(int length) throws MidiFormatException {
        if (length < 2) {
            return;
        }
        int sharps = (byte) in.unsignedByte("a key signature");
        int mode = in.unsignedByte("a key signature");
        if (sharps >= -7 && sharps <= 7 && mode <= 1) {
            contents.keySignatures.add(new KeySignature(tick, sharps, mode == 1));
        }
    }
}
