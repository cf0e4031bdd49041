package dev.cadenza.trainer.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The noises of part 7, by their names, in order. */
public final class NamedNoises {
    /** The name of no noise. */
    public static final String CLEAN = "clean";

    /** What models are trained on. */
    public static final Map<String, NoteNoise> TRAINED = Collections.unmodifiableMap(trained());

    /** What they are measured on. */
    public static final Map<String, NoteNoise> MEASURED = Collections.unmodifiableMap(measured());

    private NamedNoises() {}

    private static Map<String, NoteNoise> trained() {
        Map<String, NoteNoise> noises = new LinkedHashMap<>();
        noises.put(CLEAN, NoteNoise.NONE);
        noises.put("all low", new NoteNoise(0.01, 4, 0.05, 0.05));
        noises.put("all middle", new NoteNoise(0.03, 12, 0.15, 0.15));
        noises.put("all high", new NoteNoise(0.1, 36, 0.3, 0.3));
        return noises;
    }

    private static Map<String, NoteNoise> measured() {
        Map<String, NoteNoise> noises = new LinkedHashMap<>(trained());
        for (double jitter : new double[] {0.01, 0.03, 0.1}) {
            noises.put(String.format(Locale.ROOT, "onsets +- %.0f ms", 1000 * jitter), new NoteNoise(jitter, 0, 0, 0));
        }
        for (double velocity : new double[] {4, 12, 36}) {
            noises.put(String.format(Locale.ROOT, "velocities +- %.0f", velocity), new NoteNoise(0, velocity, 0, 0));
        }
        for (double share : new double[] {0.05, 0.15, 0.3}) {
            noises.put(String.format(Locale.ROOT, "%.0f %% dropped", 100 * share), new NoteNoise(0, 0, share, 0));
        }
        for (double share : new double[] {0.05, 0.15, 0.3}) {
            noises.put(String.format(Locale.ROOT, "%.0f %% added", 100 * share), new NoteNoise(0, 0, 0, share));
        }
        return noises;
    }
}
