package dev.cadenza.generation;

import dev.cadenza.generation.steering.PerformerSteering;
import dev.cadenza.generation.step.Noise;
import dev.cadenza.generation.step.PerformerChoices;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.music.Score;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.notematrix.TickClasses;
import java.util.Arrays;
import java.util.Optional;

/** Asks for the written notes one after the other: the key forced, the onset held near its place, the rest chosen. */
final class HumanizingTask implements StepTask<Humanized> {
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;
    private static final double MILLIS = 1000;
    private static final long MICROS_PER_MILLI = 1000;
    /** An onset at the edge of what is allowed is this much less welcome than one in place, in nats. */
    private static final double EDGE = 2;

    private final Score score;
    private final StepShape shape;
    private final HeardScore heard;
    private final PerformerEncoding encoding;
    private final PerformerChoices choices;
    private final HumanizeOptions options;
    private final NoteMatrix written;
    private final long timing;
    private final int[] nextStrike;
    private final int[] played;
    private final Noise noise;
    private final StepInput input;
    private int note;
    private long onset;
    private double logp;

    /** @param shape with classes */
    HumanizingTask(StepShape shape, Score score, HeardScore heard, HumanizeOptions options) {
        this.score = score;
        this.shape = shape;
        this.heard = heard;
        this.encoding = shape.classes().orElseThrow();
        this.options = options;
        this.written = heard.notes();
        choices = new PerformerChoices(encoding);
        // Less than half a tick of the grid moves nothing; what a whole tick would overstep is cut when notes are
        // placed.
        timing = Math.round(options.timingMillis() * encoding.ticksPerSecond() / MILLIS);
        nextStrike = nextStrikes(written);
        played = new int[written.size() * ATTRIBUTES];
        noise = new Noise(options.seed());
        input = StepInput.blank(shape, 1, 1);
        input.temperature()[0] = (float) options.temperature();
    }

    /** By note, the note that strikes its key next; the number of notes when none does. */
    private static int[] nextStrikes(NoteMatrix notes) {
        int[] next = new int[notes.size()];
        int[] ofPitch = new int[128];
        Arrays.fill(ofPitch, notes.size());
        for (int note = notes.size() - 1; note >= 0; note--) {
            next[note] = ofPitch[notes.pitch(note)];
            ofPitch[notes.pitch(note)] = note;
        }
        return next;
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public Optional<StepInput> next() {
        if (note == written.size()) {
            return Optional.empty();
        }
        noise.fill(shape.noise(), note, input.noise(), 0, input.noise().length);
        if (options.temperature() > 0) {
            noise.fillUniform(note, input.uniform(), 0, input.uniform().length);
        }
        if (note > 0) {
            System.arraycopy(played, (note - 1) * ATTRIBUTES, input.note(), 0, ATTRIBUTES);
        }
        Arrays.fill(input.forced(), StepModel.NONE);
        Arrays.fill(input.bias(), 0);
        input.forced()[1] = written.pitch(note);
        holdOnset();
        limitDuration();
        return Optional.of(input);
    }

    @Override
    public void take(StepOutput output) {
        int at = note * ATTRIBUTES;
        System.arraycopy(output.next(), 0, played, at, ATTRIBUTES);
        onset += played[at];
        played[at + 3] = (int) Math.min(played[at + 3], longest());
        logp += output.logp()[2] + output.logp()[3];
        note++;
    }

    @Override
    public Humanized result() {
        NoteMatrix notes = NoteMatrix.of(encoding.ticksPerSecond(), played);
        WrittenNotes places = new WrittenNotes(score, written);
        return new Humanized(
                places.played(notes, nextStrike, options.timingMillis() * MICROS_PER_MILLI),
                notes,
                places.merged(),
                places.unplayable(),
                heard.cut(),
                logp);
    }

    @Override
    public String progress() {
        return "at note " + note + " of " + written.size();
    }

    /** Forces the interval, or makes those near the written onset likely and all others impossible. */
    private void holdOnset() {
        TickClasses intervals = encoding.intervals();
        long target = written.onsetTick(note) - onset;
        boolean ascends = note > 0 && written.pitch(note) > written.pitch(note - 1);
        long earliest = note == 0 || ascends ? 0 : 1;
        // A key must be let go before it is struck again: its note has at least a tick.
        if (timing == 0) {
            input.forced()[0] = (int) Math.max(earliest, target);
            return;
        }
        long low = Math.max(earliest, target - timing);
        long high = Math.max(low, target + timing);
        if (high >= intervals.exact()) {
            // Classes are wider than what is allowed here.
            double jitter = options.temperature() == 0 ? 0 : noise.normal(note, 0) * timing / EDGE;
            input.forced()[0] = (int) Math.max(low, Math.min(high, Math.round(target + jitter)));
            return;
        }
        Arrays.fill(input.bias(), choices.intervals(), choices.keys(), PerformerSteering.FORBIDDEN);
        for (long interval = low; interval <= high; interval++) {
            double distance = (interval - target) / (double) timing;
            input.bias()[choices.intervals() + (int) interval] = (float) (-EDGE * distance * distance);
        }
    }

    /** How long a note may last before its key is struck again, by the earliest that this can happen. */
    private long longest() {
        int next = nextStrike[note];
        return next == written.size() ? Long.MAX_VALUE : Math.max(1, written.onsetTick(next) - timing - onset);
    }

    private void limitDuration() {
        int next = nextStrike[note];
        if (next == written.size()) {
            return;
        }
        long most = Math.max(1, written.onsetTick(next) - written.onsetTick(note));
        for (int duration = 0; duration < encoding.durations().count(); duration++) {
            if (encoding.durations().start(duration) > most) {
                input.bias()[choices.durations() + duration] = PerformerSteering.FORBIDDEN;
            }
        }
    }
}
