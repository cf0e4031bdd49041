package dev.cadenza.music;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Counts what is odd while a file is read: one warning of each kind, with the place where it was first met. */
final class ReadingWarnings {
    private static final class Found {
        final long offset;
        final OptionalInt track;
        int times;
        long bytes;

        Found(ByteCursor in, int offset) {
            this.offset = offset;
            this.track = in.track();
        }
    }

    private @Nullable Found runningStatus;
    private @Nullable Found behindEnd;
    private @Nullable MidiWarning missing;

    /** A data byte stands where a status must, after a meta or system exclusive event. */
    void runningStatusGoesOn(ByteCursor in, int offset) {
        Found found = runningStatus == null ? new Found(in, offset) : runningStatus;
        found.times++;
        runningStatus = found;
    }

    /** Bytes behind the end of a track, within its chunk, are left out. */
    void bytesBehindEnd(ByteCursor in, int bytes) {
        Found found = behindEnd == null ? new Found(in, in.position()) : behindEnd;
        found.times++;
        found.bytes += bytes;
        behindEnd = found;
    }

    /** The file ends where a track could begin, and more of them are declared. */
    void tracksMissing(ByteCursor in, int missingTracks, int declared) {
        missing = new MidiWarning(
                "%d of the %d tracks that the header declares are missing".formatted(missingTracks, declared),
                in.position(),
                OptionalInt.empty());
    }

    List<MidiWarning> toList() {
        List<MidiWarning> all = new ArrayList<>();
        if (runningStatus != null) {
            all.add(warning(
                    runningStatus,
                    "running status goes on after a meta or system exclusive event"
                            + (runningStatus.times == 1 ? "" : ", " + runningStatus.times + " times")
                            + ": read as the channel event before it"));
        }
        if (behindEnd != null) {
            all.add(warning(
                    behindEnd,
                    behindEnd.bytes + " bytes follow the end of "
                            + (behindEnd.times == 1 ? "a track" : behindEnd.times + " tracks") + ": left out"));
        }
        if (missing != null) {
            all.add(missing);
        }
        return all;
    }

    private static MidiWarning warning(Found found, String problem) {
        return new MidiWarning(problem, found.offset, found.track);
    }
}
