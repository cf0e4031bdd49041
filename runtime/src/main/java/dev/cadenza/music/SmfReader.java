package dev.cadenza.music;

/**
 * Reads the chunks of a Standard MIDI File. What it accepts and what it refuses stands in the package's description.
 */
final class SmfReader {
    private static final String TRACK = "MTrk";

    private final ByteCursor in;
    private final MidiReadOptions options;
    private final FileContents contents = new FileContents();

    SmfReader(byte[] data, String source, MidiReadOptions options) throws MidiFormatException {
        this.in = new ByteCursor(data, source);
        this.options = options;
        long maxBytes = options.limits().maxBytes();
        if (data.length > maxBytes) {
            throw in.problemAt(0, "the file is larger than " + size(maxBytes));
        }
    }

    private static String size(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }

    MidiReading read() throws MidiFormatException {
        boolean whole = RiffWrapper.unwrap(in);
        SmfHeader header = SmfHeader.read(in);
        readTracks(header.tracks(), whole);
        Score score = contents.toScore(header, options.applySustain());
        double seconds = score.durationMicros() / 1e6;
        if (seconds > options.limits().maxSeconds()) {
            throw in.problem("the music lasts %.0f seconds, more than %.0f"
                    .formatted(seconds, options.limits().maxSeconds()));
        }
        requireNoLongGap(score);
        return new MidiReading(score, contents.warnings.toList());
    }

    private void requireNoLongGap(Score score) throws MidiFormatException {
        double last = 0;
        for (Note note : score.notes()) {
            double start = score.tempoMap().microsAt(note.startTick()) / 1e6;
            if (start - last > options.limits().maxGapSeconds()) {
                throw in.problem("no note begins for %.0f seconds, from second %.0f on; at most %.0f"
                        .formatted(start - last, last, options.limits().maxGapSeconds()));
            }
            last = start;
        }
    }

    /** @param wholeFile whether the file may be said to end where its bytes end */
    private void readTracks(int declared, boolean wholeFile) throws MidiFormatException {
        int found = 0;
        boolean lastIsWhole = false;
        while (in.remaining() >= 8) {
            int start = in.position();
            String id = in.chunkId();
            long length = in.unsignedInt("a chunk's length");
            if (id.equals(TRACK)) {
                in.enterTrack(found);
                lastIsWhole = readTrack(length);
                in.leaveTrack();
                found++;
            } else if (length <= in.remaining()) {
                in.skip(length, "a chunk");
            } else {
                in.moveTo(start);
                break;
            }
        }
        if (found < declared) {
            // Where a file is cut, hardly ever does a track end there as it should.
            if (!lastIsWhole || !wholeFile || in.remaining() > 0) {
                throw in.problem("%d of %d tracks are missing".formatted(declared - found, declared));
            }
            contents.warnings.tracksMissing(in, declared - found, declared);
        }
        int stray = in.find(TRACK, in.position(), in.end());
        if (stray >= 0) {
            throw in.problemAt(stray, "a track lies behind bytes that are not a chunk");
        }
    }

    /** Returns whether the track has its end and exactly as many bytes as it declares. */
    private boolean readTrack(long length) throws MidiFormatException {
        int fileEnd = in.end();
        int start = in.position();
        boolean cut = length > in.remaining();
        int chunkEnd = cut ? fileEnd : start + (int) length;
        in.limitTo(chunkEnd);
        boolean ended = new TrackReader(in, contents, options.limits()).readEvents();
        in.limitTo(fileEnd);
        int position = in.position();
        boolean wellFollowed = position == fileEnd || in.isAt(position, TRACK);
        if (ended) {
            if (!wellFollowed && position < chunkEnd) {
                leaveOut(chunkEnd, cut);
            }
        } else if (cut) {
            throw in.problem("the track declares %d bytes but the file ends after %d, without an end of track"
                    .formatted(length, position - start));
        } else if (!wellFollowed) {
            throw in.problem("the track has no end, and no other track follows");
        }
        return ended && !cut && in.position() == chunkEnd;
    }

    /** Skips what stands between a track's end and its chunk's: zeros, or bytes that mean nothing by the standard. */
    private void leaveOut(int chunkEnd, boolean cut) throws MidiFormatException {
        int bytes = chunkEnd - in.position();
        if (!in.onlyZeros(in.position(), chunkEnd)) {
            if (cut || in.find(TRACK, in.position(), chunkEnd) >= 0) {
                throw in.problem("%d bytes follow the end of the track".formatted(bytes));
            }
            contents.warnings.bytesBehindEnd(in, bytes);
        }
        in.moveTo(chunkEnd);
    }
}
