package dev.cadenza.exporter.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.generation.ScoredPiece;
import dev.cadenza.generation.Scoring;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The likelihood that a graph gives to pieces, by attribute.
 *
 * @param attributes names in the order of {@code nats}
 * @param nats mean of -ln p, nats per note
 */
public record VersionLikelihood(long notes, List<String> attributes, List<Double> nats) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public VersionLikelihood {
        attributes = List.copyOf(attributes);
        nats = List.copyOf(nats);
    }

    /**
     * Scores pieces, each from its first note.
     *
     * @param model may be used by several threads
     * @param progress gets how many notes are done, from any thread
     * @throws IllegalArgumentException when there is no piece
     */
    static VersionLikelihood measure(Player model, List<NoteMatrix> pieces, LongConsumer progress) {
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("there is no piece to score");
        }
        ConcurrentLinkedQueue<NoteMatrix> open = new ConcurrentLinkedQueue<>(pieces);
        AtomicLong done = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        List<Sums> sums = IntStream.range(0, threads)
                .parallel()
                .mapToObj(thread -> {
                    Sums mine = new Sums();
                    for (NoteMatrix piece = open.poll(); piece != null; piece = open.poll()) {
                        mine.add(scored(model, piece));
                        progress.accept(done.addAndGet(piece.size()));
                    }
                    return mine;
                })
                .toList();
        Sums all = new Sums();
        sums.forEach(all::add);
        return new VersionLikelihood(
                all.notes,
                all.attributes,
                all.attributes.stream()
                        .map(name -> all.nats[all.attributes.indexOf(name)] / all.notes)
                        .toList());
    }

    private static ScoredPiece scored(Player model, NoteMatrix piece) {
        try {
            return Scoring.score(model, piece, Deadline.NONE);
        } catch (TimeoutException e) {
            throw new IllegalStateException("there is no deadline", e);
        }
    }

    private static final class Sums {
        private long notes;
        private List<String> attributes = List.of();
        private double[] nats = {};

        void add(ScoredPiece piece) {
            attributes = piece.attributes();
            nats = nats.length == 0 ? new double[attributes.size()] : nats;
            for (int at = 0; at < piece.logp().length; at++) {
                nats[at % attributes.size()] -= piece.logp()[at];
            }
            notes += piece.notes().size();
        }

        void add(Sums other) {
            if (other.notes == 0) {
                return;
            }
            attributes = other.attributes;
            nats = nats.length == 0 ? new double[attributes.size()] : nats;
            for (int attribute = 0; attribute < nats.length; attribute++) {
                nats[attribute] += other.nats[attribute];
            }
            notes += other.notes;
        }
    }

    /** Nats per note in all. */
    public double total() {
        return nats.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Keys {@code nll_nats_per_note}, {@code nll_<attribute>}, {@code notes}. */
    public ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("nll_nats_per_note", total());
        for (int attribute = 0; attribute < attributes.size(); attribute++) {
            node.put("nll_" + attributes.get(attribute), nats.get(attribute));
        }
        return node.put("notes", notes);
    }

    /** One line for people. */
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "NLL %.3f nats per note", total()));
        for (int attribute = 0; attribute < attributes.size(); attribute++) {
            text.append(String.format(Locale.ROOT, ", %s %.3f", attributes.get(attribute), nats.get(attribute)));
        }
        return text.append(String.format(Locale.ROOT, " (%,d notes)", notes)).toString();
    }
}
