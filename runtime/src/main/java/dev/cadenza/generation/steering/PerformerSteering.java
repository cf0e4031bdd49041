package dev.cadenza.generation.steering;

import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.notematrix.KeyState;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerControls;
import dev.cadenza.notematrix.PerformerEncoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is asked of one piece into bias and controls, step by step. Mutable; one thread.
 *
 * <p>Everything is a pure function of the request, the seed and the notes so far.
 */
public final class PerformerSteering {
    /** A choice with this bias is not made. */
    public static final float FORBIDDEN = -1e9f;

    /** A choice with this bias is made only where all others are forbidden or sound. */
    private static final float LAST_RESORT = -1e4f;

    private static final float RARE = -4;

    /** Rare, but not as rare as what the guard against unlikely choices leaves out. */
    private static final float OUT_OF_KEY = -3;

    private static final float AT_HOME = 2.5f;
    private static final float TONIC = 4;

    /** The end: this number of notes slow down, and the last ones move to the tonic triad. */
    private static final int SLOWING_NOTES = 16;

    private static final double SLOWING_SECONDS = 2.5;
    private static final int LAST_NOTES = 3;
    private static final double LAST_SECONDS = 0.8;
    private static final double SLOWEST = 0.5;
    private static final double LAST_NOTE_SECONDS = 1.2;

    /** How far controls may differ from the target, against the last notes: a factor of the density, and semitones. */
    private static final double MOST_LEAN = 3;

    private static final double MOST_PITCH_LEAN = 12;

    /** In nats: how much likelier or rarer a note becomes when it is e times as long, at most. */
    private static final double DURATION_LEAN = 0.6;

    private static final double INTERVAL_LEAN = 0.4;

    private static final double MIDDLE_SECONDS = 0.3;

    private final PerformerChoices choices;
    private final PerformerEncoding encoding;
    private final Steering steering;
    private final double temperature;
    private final KeyState keys;
    private final LoopWatch loops;
    private final PerformerControls held;
    private final RecentNotes recent;
    private final StuckKeys stuck;
    private final DensityLimit densityLimit;
    private final @Nullable HandGuard hands;
    private final double polyphony;
    private final float[] always;
    private final int longestNote;
    /** {@link #length} of each class of intervals, a tick longer, and of durations. */
    private final double[] intervalLengths;

    private final double[] durationLengths;
    /** How long each pitch class has sounded, in ticks. */
    private final double[] sounded = new double[Tonality.CLASSES];

    public PerformerSteering(
            PerformerEncoding encoding, Steering steering, double temperature, Noise noise, NoteMatrix prompt) {
        this.encoding = encoding;
        this.steering = steering;
        this.temperature = temperature;
        choices = new PerformerChoices(encoding);
        intervalLengths = new double[encoding.intervals().count()];
        Arrays.setAll(intervalLengths, i -> length(1 + encoding.intervals().start(i)));
        durationLengths = new double[encoding.durations().count()];
        Arrays.setAll(durationLengths, i -> length(encoding.durations().start(i)));
        keys = new KeyState(encoding);
        loops = new LoopWatch(encoding.ticksPerSecond());
        held = HeldControls.of(steering, noise, prompt);
        recent = new RecentNotes(encoding.ticksPerSecond());
        stuck = new StuckKeys(encoding.ticksPerSecond());
        densityLimit = new DensityLimit(encoding.ticksPerSecond());
        hands = steering.guards()
                .hands()
                .map(two -> new HandGuard(two, keys, encoding.ticksPerSecond()))
                .orElse(null);
        int longest = (int) (Guards.LONGEST_NOTE_SECONDS * encoding.ticksPerSecond());
        for (int note = 0; note < prompt.size(); note++) {
            longest = Math.max(longest, prompt.duration(note));
            // How long ago its file began says nothing about the music.
            int interval = note == 0 ? 0 : prompt.interval(note);
            heard(interval, prompt.pitch(note), prompt.velocity(note), prompt.duration(note));
        }
        longestNote = longest;
        polyphony = recent.isTelling() ? Math.max(1, recent.polyphony()) : HeldControls.drawnPolyphony(noise);
        always = always();
    }

    private float[] always() {
        float[] bias = new float[choices.count()];
        for (int key = 0; key < PerformerEncoding.KEYS; key++) {
            int pitch = PerformerEncoding.LOWEST_PITCH + key;
            if (!steering.pitches().contains(pitch)) {
                bias[choices.keys() + key] = FORBIDDEN;
            } else if (steering.key().isPresent() && !steering.key().get().contains(pitch)) {
                bias[choices.keys() + key] =
                        steering.strictKey() ? FORBIDDEN : (float) (OUT_OF_KEY * Math.max(1, temperature));
            }
        }
        for (int velocity = 0; velocity < encoding.velocityClasses(); velocity++) {
            int lowest = velocity * encoding.velocityWidth() + 1;
            if (lowest > steering.velocities().highest()
                    || lowest + encoding.velocityWidth() - 1
                            < steering.velocities().lowest()) {
                bias[choices.velocities() + velocity] = FORBIDDEN;
            }
        }
        if (steering.guards().silence()) {
            int longest = (int) (Guards.LONGEST_GAP_SECONDS * encoding.ticksPerSecond());
            for (int interval = 0; interval < encoding.intervals().count(); interval++) {
                if (encoding.intervals().start(interval) + encoding.intervals().width(interval) > longest) {
                    bias[choices.intervals() + interval] = FORBIDDEN;
                }
            }
        }
        if (steering.guards().longNotes()) {
            for (int duration = 0; duration < encoding.durations().count(); duration++) {
                if (encoding.durations().start(duration) + encoding.durations().width(duration) - 1 > longestNote) {
                    bias[choices.durations() + duration] = FORBIDDEN;
                }
            }
        }
        return bias;
    }

    /** Takes note of a note that sounds, of the prompt or its own. */
    public void heard(int interval, int pitch, int velocity, int duration) {
        int key = pitch - PerformerEncoding.LOWEST_PITCH;
        if (hands != null) {
            hands.struck(interval, pitch);
        }
        keys.strike(interval, key, velocity, duration);
        loops.heard(interval, pitch);
        stuck.heard(interval, key);
        recent.heard(interval, pitch, sounding());
        sounded[pitch % Tonality.CLASSES] += Math.min(duration, encoding.ticksPerSecond());
    }

    private int sounding() {
        int sounding = 0;
        for (int key = 0; key < PerformerEncoding.KEYS; key++) {
            sounding += keys.remaining(key, 0) > 0 ? 1 : 0;
        }
        return sounding;
    }

    /** Makes long notes rarer when more keys sound than should, and likelier when fewer do. */
    private void leanOnDurations(float[] bias, int atBias) {
        double lean = StrictMath.log(Math.max(1, recent.polyphony()) / polyphony);
        double slope = -DURATION_LEAN * Math.max(-1, Math.min(1, lean));
        for (int duration = 1; duration < durationLengths.length; duration++) {
            bias[atBias + choices.durations() + duration] += (float) (slope * durationLengths[duration]);
        }
        for (int copy = 0; copy < KeyState.LAST_ENDS; copy++) {
            bias[atBias + choices.copies() + copy] += lean(slope, keys.lastEnd(copy, 0));
        }
        bias[atBias + choices.copies() + KeyState.LAST_ENDS] += lean(slope, keys.latestEnd(0));
    }

    /** Makes long intervals likelier when notes come faster than they should, and rarer when they come slower. */
    private void leanOnIntervals(double density, float[] bias, int atBias) {
        double slope = INTERVAL_LEAN * Math.max(-1, Math.min(1, StrictMath.log(recent.notesPerSecond() / density)));
        for (int interval = 0; interval < intervalLengths.length; interval++) {
            bias[atBias + choices.intervals() + interval] += (float) (slope * intervalLengths[interval]);
        }
    }

    private float lean(double slope, int ticks) {
        return (float) (slope * length(ticks));
    }

    /** How long a time is, on a log scale on which that in the middle has 0. */
    private double length(int ticks) {
        return StrictMath.log(Math.max(1, ticks) / (MIDDLE_SECONDS * encoding.ticksPerSecond()));
    }

    /**
     * Writes the next step's bias and controls.
     *
     * @param notesLeft new notes to come, this one counted; {@link Integer#MAX_VALUE} when time decides
     * @param secondsLeft until the end; infinite when the number of notes decides
     */
    public void prepare(int notesLeft, double secondsLeft, float[] bias, int atBias, float[] controls, int atControls) {
        System.arraycopy(always, 0, bias, atBias, always.length);
        if (steering.guards().loops()) {
            for (int pitch : loops.wouldGoOn()) {
                int at = atBias + choices.keys() + pitch - PerformerEncoding.LOWEST_PITCH;
                bias[at] = Math.min(bias[at], LAST_RESORT);
            }
            for (int key = 0; key < PerformerEncoding.KEYS; key++) {
                if (stuck.isStuck(key)) {
                    int at = atBias + choices.keys() + key;
                    bias[at] = Math.min(bias[at], LAST_RESORT);
                }
            }
        }
        if (steering.guards().longNotes()) {
            for (int copy = 0; copy < KeyState.LAST_ENDS; copy++) {
                forbidCopy(bias, atBias, copy, keys.lastEnd(copy, 0) > longestNote);
            }
            forbidCopy(bias, atBias, KeyState.LAST_ENDS, keys.latestEnd(0) > longestNote);
        }
        if (steering.guards().drift() && recent.isTelling()) {
            leanOnDurations(bias, atBias);
        }
        double pace = 1;
        if (steering.guards().ending()) {
            double byNotes = notesLeft / (double) SLOWING_NOTES;
            double bySeconds = secondsLeft / SLOWING_SECONDS;
            pace = Math.min(1, SLOWEST + (1 - SLOWEST) * Math.min(byNotes, bySeconds));
            if (notesLeft <= LAST_NOTES || secondsLeft <= LAST_SECONDS) {
                comeHome(notesLeft == 1, bias, atBias);
            }
        }
        double density = held.notesPerSecond() * pace;
        if (steering.guards().drift() && recent.isTelling() && !Double.isNaN(density)) {
            leanOnIntervals(density, bias, atBias);
        }
        steering.notesPerSecond().ifPresent(asked -> limitDensity(asked, bias, atBias));
        waitForAKey(bias, atBias);
        correct(density).write(controls, atControls);
    }

    /** Forbids intervals with which the last notes would be denser or sparser than asked, whatever the temperature. */
    private void limitDensity(double asked, float[] bias, int atBias) {
        int earliest = densityLimit.earliest(asked);
        int latest = densityLimit.latest(asked);
        for (int interval = 0; interval < encoding.intervals().count(); interval++) {
            int start = encoding.intervals().start(interval);
            boolean early = start < earliest;
            boolean late = start > latest && start > earliest;
            if (early || late) {
                bias[atBias + choices.intervals() + interval] = FORBIDDEN;
            }
        }
    }

    /** The target, corrected against the last notes: free-running, a model follows its own playing. */
    private PerformerControls correct(double wanted) {
        double density = wanted;
        double pitch = held.meanPitch();
        if (steering.guards().drift() && recent.isTelling()) {
            double lean = Math.max(1 / MOST_LEAN, Math.min(MOST_LEAN, density / recent.notesPerSecond()));
            density *= lean;
            pitch += Math.max(-MOST_PITCH_LEAN, Math.min(MOST_PITCH_LEAN, pitch - recent.meanPitch()));
        }
        return new PerformerControls(
                Double.isNaN(density)
                        ? density
                        : Math.max(Steering.LEAST_DENSITY, Math.min(Steering.MOST_DENSITY, density)),
                pitch,
                held.profile());
    }

    /** Where all keys that may be played sound, the next note comes when the first of them is free again. */
    private void waitForAKey(float[] bias, int atBias) {
        int free = Integer.MAX_VALUE;
        for (int key = 0; key < PerformerEncoding.KEYS; key++) {
            if (always[choices.keys() + key] > FORBIDDEN) {
                free = Math.min(free, keys.remaining(key, 0));
            }
        }
        for (int interval = 0; free > 0 && interval < encoding.intervals().count(); interval++) {
            int at = atBias + choices.intervals() + interval;
            if (encoding.intervals().start(interval) >= free) {
                // However long that takes.
                bias[at] = bias[at] <= FORBIDDEN / 2 ? 0 : bias[at];
                return;
            }
            bias[at] = FORBIDDEN;
        }
    }

    private void forbidCopy(float[] bias, int atBias, int copy, boolean tooLong) {
        if (tooLong) {
            bias[atBias + choices.copies() + copy] = FORBIDDEN;
        }
    }

    /** Pitches of the tonic triad, and long: the last notes ring. */
    private void comeHome(boolean last, float[] bias, int atBias) {
        Tonality home = steering.key().orElseGet(() -> Tonality.of(sounded));
        for (int key = 0; key < PerformerEncoding.KEYS; key++) {
            int pitch = PerformerEncoding.LOWEST_PITCH + key;
            float more = last && home.isTonic(pitch) ? TONIC : home.inTriad(pitch) ? AT_HOME : 0;
            bias[atBias + choices.keys() + key] += more;
        }
        int shortest = (int) (LAST_NOTE_SECONDS * encoding.ticksPerSecond());
        for (int duration = 0; duration < encoding.durations().count(); duration++) {
            if (encoding.durations().start(duration) < shortest) {
                bias[atBias + choices.durations() + duration] += last ? FORBIDDEN : RARE;
            }
        }
        if (last) {
            // An end to copy may be near: the last note has one of its own.
            Arrays.fill(bias, atBias + choices.copies(), atBias + choices.count(), FORBIDDEN);
        }
    }

    /** A velocity within what is asked: a class may reach over the edge. */
    public int velocity(int chosen) {
        return Math.max(
                steering.velocities().lowest(), Math.min(steering.velocities().highest(), chosen));
    }

    /**
     * Where a chosen note goes: where two hands reach it, if that is asked.
     *
     * @param interval ticks since the note before
     * @param pitch that the model chose
     * @param previous pitch of the note before
     */
    public HandGuard.Placed place(int interval, int pitch, int previous) {
        return hands == null
                ? new HandGuard.Placed(interval, pitch)
                : hands.place(interval, pitch, previous, this::isAllowed);
    }

    private boolean isAllowed(int pitch) {
        return steering.pitches().contains(pitch)
                && (steering.key().isEmpty() || steering.key().get().contains(pitch));
    }

    /** Takes note of a new note's interval; a prompt's are not counted. */
    public void timed(int interval) {
        densityLimit.heard(interval);
    }
}
