package dev.cadenza.trainer.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What pianists and listeners notice at once, of many excerpts; {@link PieceFeatures} are blind to most of it. */
public enum PlayingMeasure {
    /** Share of the excerpts with an onset that two hands cannot strike; see {@link Playability}. */
    UNPLAYABLE(
            "unplayable_pieces_share", "pieces two hands cannot play", mean(piece -> piece.hands.isPlayable() ? 0 : 1)),
    /** Share of the excerpts with more than ten notes in an onset. */
    AVALANCHES(
            "avalanche_pieces_share",
            "pieces with > 10 notes at once",
            mean(piece -> piece.hands.isAvalanche() ? 1 : 0)),
    /** The most notes in an onset of any excerpt. */
    MOST_NOTES("most_notes_in_onset", "most notes at once", greatest(piece -> piece.hands.mostNotes())),
    /** Notes per onset, mean of the excerpts' means. */
    NOTES_PER_ONSET("notes_per_onset", "notes per onset", mean(piece -> piece.hands.notesPerOnset())),
    /** Seconds of the longest pulse on one key in any excerpt; see {@link Stuck}. */
    LONGEST_PULSE("longest_pulse_s", "longest pulse on a key, s", greatest(piece -> piece.stuck.longestPulseSeconds())),
    /** Seconds of the longest trill in any excerpt. */
    LONGEST_TRILL("longest_trill_s", "longest trill, s", greatest(piece -> piece.stuck.longestTrillSeconds())),
    /** Fewest different keys in 64 notes of any excerpt. */
    FEWEST_KEYS(
            "fewest_keys_in_64_notes",
            "fewest keys in 64 notes",
            pieces -> pieces.stream()
                    .flatMapToInt(piece -> piece.stuck.fewestKeys().stream())
                    .asDoubleStream()
                    .min()),
    /** Share of the top line's steps that were heard before, mean; see {@link Recurrence}. */
    RECURRENCE_NEAR("recurring_steps_share", "top line: 6 steps heard before", mean(piece -> piece.recurrence.near())),
    /** Share of the onsets whose top line has the same pitches as 8 s or more before, mean. */
    RECURRENCE_FAR("recurring_after_8_s_share", "top line: again after 8 s", mean(piece -> piece.recurrence.far())),
    /** Median of the clarity of the beat, at most about 1; see {@link Pulse}. */
    PULSE_CLARITY("pulse_clarity", "pulse clarity", median(piece -> piece.pulse.clarity())),
    /** Median of the share of neighbouring windows with the same beat. */
    PULSE_PERSISTENCE("pulse_persistence_share", "pulse persistence", median(piece -> piece.pulse.persistence())),
    /** Share of clashes among the pairs of keys that are struck together, mean; see {@link Strikes}. */
    CLASHES("clashing_pairs_share", "clashes among struck pairs", mean(piece -> piece.strikes.clashes())),
    /** Share of the notes that end when their key is struck again, mean. */
    RE_STRIKES("re_struck_notes_share", "notes re-struck at their end", mean(piece -> piece.strikes.reStrikes())),
    /** Share of the endings with the bass on the tonic; see {@link Ending}. */
    BASS_ON_TONIC(
            "ending_bass_on_tonic_share",
            "ends: bass on the tonic",
            true,
            mean(piece -> piece.ending.bassOnTonic() ? 1 : 0)),
    /** Median of the endings' slowing, 1 for none. */
    SLOWING("ending_slowing_factor", "ends: slowing, times", true, median(piece -> piece.ending.slowing()));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final String title;
    private final boolean ofEndings;

    @SuppressWarnings("ImmutableEnumChecker") // A function without a state.
    private final Function<List<Measured>, OptionalDouble> summary;

    PlayingMeasure(String key, String title, Function<List<Measured>, OptionalDouble> summary) {
        this(key, title, false, summary);
    }

    PlayingMeasure(String key, String title, boolean ofEndings, Function<List<Measured>, OptionalDouble> summary) {
        this.key = key;
        this.title = title;
        this.ofEndings = ofEndings;
        this.summary = summary;
    }

    /** One excerpt. */
    private record Measured(
            Playability hands, Strikes strikes, Stuck stuck, Recurrence recurrence, Pulse pulse, Ending ending) {
        static Measured of(Excerpt excerpt) {
            return new Measured(
                    Playability.of(excerpt),
                    Strikes.of(excerpt),
                    Stuck.of(excerpt),
                    Recurrence.of(excerpt),
                    Pulse.of(excerpt),
                    Ending.of(excerpt));
        }
    }

    private static Function<List<Measured>, OptionalDouble> mean(ToDoubleFunction<Measured> value) {
        return pieces -> pieces.stream().mapToDouble(value).average();
    }

    private static Function<List<Measured>, OptionalDouble> greatest(ToDoubleFunction<Measured> value) {
        return pieces -> pieces.stream().mapToDouble(value).max();
    }

    /** Of the excerpts that have a value. */
    private static Function<List<Measured>, OptionalDouble> median(Function<Measured, OptionalDouble> value) {
        return pieces -> {
            double[] sorted = pieces.stream()
                    .map(value)
                    .flatMapToDouble(OptionalDouble::stream)
                    .sorted()
                    .toArray();
            int half = sorted.length / 2;
            return sorted.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
        };
    }

    /** As in JSON, with the unit. */
    public String key() {
        return key;
    }

    /** As in tables. */
    public String title() {
        return title;
    }

    /**
     * Measures a set.
     *
     * @param pieces each of one note or more
     * @param endings excerpts whose last notes are the ends of pieces: {@code pieces} themselves where those were played to
     *     their end
     * @return without the measures for which the excerpts are too short or too few
     */
    public static Map<PlayingMeasure, Double> all(List<Excerpt> pieces, List<Excerpt> endings) {
        List<Measured> measured = pieces.stream().map(Measured::of).toList();
        List<Measured> ends = endings == pieces
                ? measured
                : endings.stream().map(Measured::of).toList();
        Map<PlayingMeasure, Double> all = new EnumMap<>(PlayingMeasure.class);
        for (PlayingMeasure measure : values()) {
            measure.summary.apply(measure.ofEndings ? ends : measured).ifPresent(value -> all.put(measure, value));
        }
        return all;
    }

    /** By key. */
    public static ObjectNode toJson(Map<PlayingMeasure, Double> measures) {
        ObjectNode node = JSON.createObjectNode();
        measures.forEach((measure, value) -> node.put(measure.key, value));
        return node;
    }

    /** A table for people at a terminal, of what {@link #toJson} made of two sets. */
    static String table(ObjectNode played, ObjectNode people) {
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, "%-32s %10s %10s%n", "", "played", "people"));
        for (PlayingMeasure measure : values()) {
            table.append(String.format(Locale.ROOT, "%-32s", measure.title));
            Stream.of(played, people)
                    .map(set -> set.path(measure.key))
                    .map(value -> value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "-")
                    .forEach(value -> table.append(String.format(Locale.ROOT, " %10s", value)));
            table.append(System.lineSeparator());
        }
        return table.toString();
    }
}
