package dev.cadenza.music;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions about a score in the words of music. */
public final class ScoreAssert extends AbstractAssert<ScoreAssert, Score> {
    private ScoreAssert(Score actual) {
        super(actual, ScoreAssert.class);
    }

    /** Starts an assertion. */
    public static ScoreAssert assertThatScore(Score actual) {
        return new ScoreAssert(actual);
    }

    /** The score has so many notes. */
    public ScoreAssert hasNoteCount(int expected) {
        Assertions.assertThat(actual.notes()).as("notes").hasSize(expected);
        return myself;
    }

    /** The score has these notes and no others, in this order. */
    public ScoreAssert hasExactly(Note... expected) {
        Assertions.assertThat(actual.notes()).as("notes").containsExactly(expected);
        return myself;
    }

    /** The notes have these durations, in the order of the score. */
    public ScoreAssert hasDurations(long... expectedTicks) {
        Assertions.assertThat(actual.notes().stream().mapToLong(Note::durationTicks))
                .as("durations")
                .containsExactly(box(expectedTicks));
        return myself;
    }

    /** The last note ends at this time. */
    public ScoreAssert lastsMicros(long expected) {
        Assertions.assertThat(actual.durationMicros())
                .as("duration in microseconds")
                .isEqualTo(expected);
        return myself;
    }

    /** These tempo changes, in ticks and microseconds per quarter note, and no others. */
    public ScoreAssert hasTempos(TempoChange... expected) {
        Assertions.assertThat(actual.tempoMap().changes()).as("tempo changes").containsExactly(expected);
        return myself;
    }

    /** No key sounds twice at once. */
    public ScoreAssert isPlayable() {
        Map<Integer, Note> sounding = new HashMap<>();
        List<String> clashes = new ArrayList<>();
        for (Note note : actual.notes()) {
            Note before = sounding.put(note.channel() << 7 | note.pitch(), note);
            if (before != null && before.endTick() > note.startTick()) {
                clashes.add(before + " and " + note);
            }
        }
        Assertions.assertThat(clashes).as("keys that sound twice at once").isEmpty();
        return myself;
    }

    private static Long[] box(long[] values) {
        Long[] boxed = new Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
