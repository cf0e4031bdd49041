package dev.cadenza.trainer.roll;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.network.Workers;
import dev.cadenza.trainer.roll.head.HeadArrays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * How likely rolls are to a network, by exact conditionals with everything before given: -ln p in nats, summed over steps
 * and keys.
 *
 * @param nats of all steps
 * @param steps how many
 */
public record RollLikelihood(double nats, long steps) {
    private static final int BATCH = 4;
    private static final int STEPS = 64;

    /** Mean log-likelihood, nats per step: what tables show, negative. */
    public double perStep() {
        return -nats / steps;
    }

    /** Keys in snake case with units. */
    public ObjectNode toJson() {
        return new ObjectMapper()
                .createObjectNode()
                .put("nll_nats_per_step", nats / steps)
                .put("steps", steps);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f nats per step over %,d steps", nats / steps, steps);
    }

    /**
     * Measures whole rolls, the state carried from a roll's first step on.
     *
     * @param threads at least 1; the result does not depend on them but for the order of sums
     * @param progress called with the steps done, from any thread
     */
    public static RollLikelihood measure(
            MultiLayerNetwork network,
            RollArchitecture architecture,
            List<PianoRoll> rolls,
            int threads,
            LongConsumer progress) {
        List<PianoRoll> byLength = rolls.stream()
                .sorted(Comparator.comparingInt(PianoRoll::steps).reversed())
                .toList();
        int batch = architecture.tied() ? BATCH : BATCH * 8;
        List<List<PianoRoll>> groups = new ArrayList<>();
        for (int first = 0; first < byLength.size(); first += batch) {
            groups.add(byLength.subList(first, Math.min(byLength.size(), first + batch)));
        }
        AtomicLong done = new AtomicLong();
        double[] nats = new double[threads];
        Workers.run("likelihood", threads, groups, part -> {
            MultiLayerNetwork own =
                    new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
            own.init(network.params(), false);
            return group ->
                    nats[part] += run(own, architecture, group, steps -> progress.accept(done.addAndGet(steps)));
        });
        return new RollLikelihood(
                IntStream.range(0, threads).mapToDouble(part -> nats[part]).sum(),
                rolls.stream().mapToLong(PianoRoll::steps).sum());
    }

    private static double run(
            MultiLayerNetwork network, RollArchitecture architecture, List<PianoRoll> group, LongConsumer progress) {
        RollRun run = new RollRun(network, architecture, group);
        int longest = group.get(0).steps();
        double nats = 0;
        for (int from = 0; from < longest; from += STEPS) {
            RollRun.Logits logits = run.next(STEPS);
            long counted = 0;
            for (int sequence = 0; sequence < group.size(); sequence++) {
                PianoRoll roll = group.get(sequence);
                int there = Math.max(0, Math.min(STEPS, roll.steps() - from));
                for (int step = 0; step < there; step++) {
                    for (int key = 0; key < PianoRoll.KEYS; key++) {
                        nats += HeadArrays.nats(logits.at(sequence, step, key), roll.on(from + step, key));
                    }
                }
                counted += there;
            }
            progress.accept(counted);
        }
        network.rnnClearPreviousState();
        return nats;
    }
}
