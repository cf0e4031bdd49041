package dev.cadenza.server.request;

import dev.cadenza.generation.steering.Guards;
import dev.cadenza.generation.steering.Mood;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.steering.Tonality;
import dev.cadenza.generation.steering.TwoHands;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.Optional;

/** Reads what a model that chooses among classes is asked: {@link Controls#NAMES}. */
final class SteeringReader {
    private static final int OCTAVE = 12;

    private SteeringReader() {}

    /** The mood that is asked for; plain when none is. */
    static Mood mood(CheckedFields fields) throws ProblemException {
        Optional<String> mood = fields.text("mood");
        try {
            return mood.map(Mood::of).orElse(Mood.PLAIN);
        } catch (IllegalArgumentException e) {
            throw ProblemException.ofField(ProblemType.INVALID_FIELD, "mood", String.valueOf(e.getMessage()));
        }
    }

    static Steering read(CheckedFields fields, Mood mood) throws ProblemException {
        Double topP = fields.positive("top_p", 1);
        Steering steering = Steering.NONE
                .withTopP(topP == null ? 1 : topP)
                .withMinP(fields.number("min_p", 0, 1, 0))
                .withPitches(pitches(fields))
                .withVelocities(velocities(fields, mood))
                .withGuards(hands(fields, fields.flag("guards", true) ? Guards.ON : Guards.OFF));
        Double density = fields.number("density", Steering.LEAST_DENSITY, Steering.MOST_DENSITY);
        if (density == null && mood.notesPerSecond().isPresent()) {
            density = mood.notesPerSecond().getAsDouble();
        }
        return key(fields, density == null ? steering : steering.withDensity(density));
    }

    private static Guards hands(CheckedFields fields, Guards guards) throws ProblemException {
        if (!fields.isGiven("hands")) {
            return guards;
        }
        if (fields.isWord("hands", "off")) {
            return guards.withHands(Optional.empty());
        }
        try {
            int span = fields.integer("hands", TwoHands.LEAST_SPAN, TwoHands.MOST_SPAN, TwoHands.LEAST_SPAN);
            return guards.withHands(Optional.of(new TwoHands(span)));
        } catch (ProblemException e) {
            throw QueryFields.invalid(
                    "hands", "must be " + TwoHands.LEAST_SPAN + ".." + TwoHands.MOST_SPAN + " semitones, or off");
        }
    }

    private static Steering key(CheckedFields fields, Steering steering) throws ProblemException {
        Optional<String> key = fields.text("key");
        boolean strict = fields.flag("key_strict", false);
        if (key.isEmpty()) {
            if (strict) {
                throw ProblemException.ofField(
                        ProblemType.CONFLICTING_FIELDS, "key_strict", "key_strict needs a key to keep to: give key");
            }
            return steering;
        }
        try {
            return steering.withKey(Tonality.parse(key.get()), strict);
        } catch (IllegalArgumentException e) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD,
                    "key",
                    "key ('" + ProblemException.quotable(key.get())
                            + "') must be a letter, # or b, and major or minor, such as C major, F# minor, Bb major");
        }
    }

    private static Steering.Range pitches(CheckedFields fields) throws ProblemException {
        int bottom = Steering.PIANO.lowest();
        int top = Steering.PIANO.highest();
        int lowest = fields.integer("lowest_pitch", bottom, top - OCTAVE + 1, bottom);
        int highest = fields.integer("highest_pitch", bottom + OCTAVE - 1, top, top);
        if (highest - lowest + 1 < OCTAVE) {
            throw QueryFields.invalid(
                    "highest_pitch",
                    "(" + highest + ") must be at least lowest_pitch (" + lowest + ") + " + (OCTAVE - 1)
                            + ": a model is left an octave or more");
        }
        return new Steering.Range(lowest, highest);
    }

    private static Steering.Range velocities(CheckedFields fields, Mood mood) throws ProblemException {
        int bottom = Steering.ALL_VELOCITIES.lowest();
        int top = Steering.ALL_VELOCITIES.highest();
        int lowest = fields.integer("lowest_velocity", bottom, top, bottom);
        int loudest = Math.max(lowest, mood.loudest());
        int highest = fields.integer("highest_velocity", bottom, top, loudest);
        if (highest < lowest) {
            throw QueryFields.invalid(
                    "highest_velocity", "(" + highest + ") must be at least lowest_velocity (" + lowest + ")");
        }
        return new Steering.Range(lowest, highest);
    }
}
