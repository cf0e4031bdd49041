package dev.cadenza.trainer.performer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * How likely a network finds notes: -ln p by attribute, summed. A time in a class of several ticks has its class'
 * probability divided by them; a velocity is a class of four. Mutable; one thread.
 */
public final class Likelihood {
    /** Attributes in the order of {@link #nats}. */
    public static final List<String> ATTRIBUTES = List.of("interval", "pitch", "velocity", "duration");

    /** Tokens of Magenta's 388-token coding a note of MAESTRO takes, with the pedal applied. */
    private static final double TOKENS_PER_NOTE = 4.05;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final double[] sums = new double[ATTRIBUTES.size()];
    private long notes;
    private double seconds;

    /**
     * Adds one note.
     *
     * @param nats -ln p of its attributes, from {@code at} on
     */
    void add(float[] nats, int at) {
        for (int attribute = 0; attribute < sums.length; attribute++) {
            sums[attribute] += nats[at + attribute];
        }
        notes++;
    }

    void addSeconds(double more) {
        seconds += more;
    }

    void add(Likelihood other) {
        for (int attribute = 0; attribute < sums.length; attribute++) {
            sums[attribute] += other.sums[attribute];
        }
        notes += other.notes;
        seconds += other.seconds;
    }

    public long notes() {
        return notes;
    }

    /** Nats per note of one attribute, by its place in {@link #ATTRIBUTES}. */
    public double nats(int attribute) {
        return sums[attribute] / notes;
    }

    /** Nats per note in all. */
    public double nats() {
        double sum = 0;
        for (int attribute = 0; attribute < sums.length; attribute++) {
            sum += nats(attribute);
        }
        return sum;
    }

    /** Keys in snake case; {@code nats_per_token} is nats per note over 4.05, a rule of thumb for MAESTRO. */
    public ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("nll_nats_per_note", nats());
        for (int attribute = 0; attribute < sums.length; attribute++) {
            node.put("nll_" + ATTRIBUTES.get(attribute), nats(attribute));
        }
        node.put("notes", notes);
        node.put("nats_per_token", nats() / TOKENS_PER_NOTE);
        node.put("nats_per_second", nats() * notes / seconds);
        return node;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.3f nats per note (interval %.3f, pitch %.3f, velocity %.3f, duration %.3f)",
                nats(),
                nats(0),
                nats(1),
                nats(2),
                nats(3));
    }
}
