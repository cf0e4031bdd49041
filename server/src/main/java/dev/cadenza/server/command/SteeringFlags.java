package dev.cadenza.server.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Controls of a model that chooses among classes: fields of {@code /v1/generate} as options. */
final class SteeringFlags {
    @Option(
            names = "--top-p",
            paramLabel = "P",
            description =
                    "Above 0 and at most 1: choose among the likeliest that together have this probability. Default: 1.")
    private @Nullable String topP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "0..1: choose among those at least this likely relative to the likeliest. Default: 0.")
    private @Nullable String minP;

    @Option(names = "--key", paramLabel = "KEY", description = "Scale to prefer, such as 'C major', 'F# minor'.")
    private @Nullable String key;

    @Option(names = "--key-strict", description = "No note outside the key; without it such notes are rare.")
    private boolean keyStrict;

    @Option(names = "--density", paramLabel = "N", description = "Notes per second to aim at, 0.5..40.")
    private @Nullable String density;

    @Option(
            names = "--hands",
            paramLabel = "SPAN",
            description = "Semitones that a hand reaches, 7..24, or off. Default: 14.")
    private @Nullable String hands;

    @Option(names = "--mood", paramLabel = "MOOD", description = "calm, plain or wild.")
    private @Nullable String mood;

    @Option(
            names = "--no-guards",
            description = "Allow notes longer than 8 s, gaps longer than 4 s, loops, chords beyond two hands,"
                    + " drift and an abrupt end.")
    private boolean noGuards;

    /** Adds what was given, under the fields' names. */
    void addTo(Map<String, String> fields) {
        put(fields, "top_p", topP);
        put(fields, "min_p", minP);
        put(fields, "key", key);
        put(fields, "key_strict", keyStrict ? "true" : null);
        put(fields, "density", density);
        put(fields, "hands", hands);
        put(fields, "mood", mood);
        put(fields, "guards", noGuards ? "false" : null);
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
