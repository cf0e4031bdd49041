package dev.cadenza.generation.steering;

import dev.cadenza.generation.step.Noise;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerControls;

/**
 * The controls of a performer, the same for the whole piece: what was asked, else what the end of the prompt is like,
 * else something human drawn from the seed. Told nothing, a model that plays on what it played itself drifts.
 */
final class HeldControls {
    private static final int FEWEST_PROMPT_NOTES = 16;
    private static final double PROMPT_SECONDS = 10;
    private static final int MOST_PROMPT_NOTES = 150;

    /**
     * The first 200 notes of MAESTRO's 962 training pieces: the logarithms of their notes per second, and of the keys that
     * sound when a note has been struck, are about normal, and so is their mean pitch.
     */
    private static final double MEDIAN_DENSITY = 8.4;

    private static final double DENSITY_SPREAD = 0.49;
    private static final double LEAST_DRAWN = 2;
    private static final double MOST_DRAWN = 25;
    private static final double MEDIAN_POLYPHONY = 4.4;
    private static final double POLYPHONY_SPREAD = 0.49;
    private static final double MEDIAN_PITCH = 62.5;
    private static final double PITCH_SPREAD = 6.2;

    /** A place of its own among the numbers of a seed: no note has this step. */
    private static final long STEP = -1;

    private HeldControls() {}

    static PerformerControls of(Steering steering, Noise noise, NoteMatrix prompt) {
        boolean held = steering.guards().drift();
        PerformerControls base =
                !held ? PerformerControls.NONE : prompt.size() >= FEWEST_PROMPT_NOTES ? measured(prompt) : drawn(noise);
        double density = steering.notesPerSecond().orElse(base.notesPerSecond());
        float[] profile = steering.key().map(HeldControls::profile).orElse(base.profile());
        double pitch = base.meanPitch();
        if (!Double.isNaN(pitch)) {
            pitch = Math.max(
                    steering.pitches().lowest(), Math.min(steering.pitches().highest(), pitch));
        }
        return new PerformerControls(density, pitch, profile);
    }

    /** Keys that are to sound when a note has been struck, where no prompt says; at least 1. */
    static double drawnPolyphony(Noise noise) {
        return Math.max(1, MEDIAN_POLYPHONY * StrictMath.exp(POLYPHONY_SPREAD * noise.normal(STEP, 3)));
    }

    private static PerformerControls measured(NoteMatrix prompt) {
        int last = prompt.size() - 1;
        long end = prompt.onsetTick(last);
        long window = Math.round(PROMPT_SECONDS * prompt.ticksPerSecond());
        float[] profile = new float[PerformerControls.CLASSES];
        double pitches = 0;
        int count = 0;
        int note = last;
        while (note >= 0
                && count < MOST_PROMPT_NOTES
                && (count < FEWEST_PROMPT_NOTES || end - prompt.onsetTick(note) < window)) {
            profile[prompt.pitch(note) % PerformerControls.CLASSES]++;
            pitches += prompt.pitch(note);
            count++;
            note--;
        }
        for (int i = 0; i < profile.length; i++) {
            profile[i] /= count;
        }
        double seconds = Math.max(1.0, (end - prompt.onsetTick(note + 1)) / (double) prompt.ticksPerSecond());
        double density = Math.max(Steering.LEAST_DENSITY, Math.min(Steering.MOST_DENSITY, count / seconds));
        return new PerformerControls(density, pitches / count, profile);
    }

    private static PerformerControls drawn(Noise noise) {
        double density = MEDIAN_DENSITY * StrictMath.exp(DENSITY_SPREAD * noise.normal(STEP, 0));
        double pitch = MEDIAN_PITCH + PITCH_SPREAD * noise.normal(STEP, 1);
        int tonality = (int) (noise.uniform(STEP, 2) * 2 * Tonality.CLASSES);
        return new PerformerControls(
                Math.max(LEAST_DRAWN, Math.min(MOST_DRAWN, density)),
                pitch,
                profile(new Tonality(tonality % Tonality.CLASSES, tonality >= Tonality.CLASSES)));
    }

    private static float[] profile(Tonality key) {
        float[] profile = new float[PerformerControls.CLASSES];
        double sum = 0;
        for (int pitchClass = 0; pitchClass < profile.length; pitchClass++) {
            double fit = key.fit(pitchClass);
            profile[pitchClass] = (float) (fit * fit);
            sum += fit * fit;
        }
        for (int pitchClass = 0; pitchClass < profile.length; pitchClass++) {
            profile[pitchClass] /= (float) sum;
        }
        return profile;
    }
}
