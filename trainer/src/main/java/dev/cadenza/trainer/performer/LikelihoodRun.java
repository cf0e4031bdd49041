package dev.cadenza.trainer.performer;

import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.network.StepRows;
import dev.cadenza.trainer.network.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a performer over whole pieces, the state carried from a piece's first note on, and sums the likelihood. */
public final class LikelihoodRun {
    private static final int BATCH = 16;
    private static final int STEPS = 64;

    private LikelihoodRun() {}

    /**
     * Measures pieces as they are, with no control given.
     *
     * @param most notes from the start of each piece that count
     * @param threads at least 1, each with a state of its own; the result does not depend on them but for the order of
     *     sums
     * @param progress called with the notes done, from any thread
     */
    public static Likelihood measure(
            MultiLayerNetwork network,
            EncodedCorpus corpus,
            List<EncodedPiece> pieces,
            int most,
            int threads,
            LongConsumer progress) {
        List<EncodedPiece> byLength = pieces.stream()
                .sorted(Comparator.comparingInt(EncodedPiece::notes).reversed())
                .toList();
        List<List<EncodedPiece>> groups = new ArrayList<>();
        for (int first = 0; first < byLength.size(); first += BATCH) {
            groups.add(byLength.subList(first, Math.min(byLength.size(), first + BATCH)));
        }
        AtomicLong done = new AtomicLong();
        List<Likelihood> parts =
                IntStream.range(0, threads).mapToObj(thread -> new Likelihood()).toList();
        Workers.run("likelihood", threads, groups, part -> {
            MultiLayerNetwork own =
                    new MultiLayerNetwork(network.getLayerWiseConfigurations().clone());
            own.init(network.params(), false);
            return group ->
                    run(own, corpus, group, most, parts.get(part), notes -> progress.accept(done.addAndGet(notes)));
        });
        Likelihood all = new Likelihood();
        parts.forEach(all::add);
        return all;
    }

    private static void run(
            MultiLayerNetwork network,
            EncodedCorpus corpus,
            List<EncodedPiece> group,
            int most,
            Likelihood likelihood,
            LongConsumer progress) {
        int rows = group.size();
        List<Lane> lanes = new ArrayList<>();
        int longest = 0;
        for (EncodedPiece piece : group) {
            PerformedPiece performed = PerformedPiece.of(corpus, piece, PerformerEncoding.STANDARD, Augmentation.NONE);
            Lane lane = new Lane(false);
            lane.start(performed);
            lanes.add(lane);
            longest = Math.max(longest, Math.min(most, performed.notes()));
            likelihood.addSeconds(performed.seconds(Math.min(most, performed.notes())));
        }
        PerformerHeadsLayer heads = (PerformerHeadsLayer) network.getLayer(2);
        RecurrentLayer lstm = (RecurrentLayer) network.getLayer(1);
        network.rnnClearPreviousState();
        for (int from = 0; from < longest; from += STEPS) {
            float[] features = new float[rows * STEPS * PerformerColumns.FEATURES];
            float[] labels = new float[rows * STEPS * PerformerColumns.LABELS];
            int[] notes = new int[rows];
            for (int row = 0; row < rows; row++) {
                int there = lanes.get(row).write(from, STEPS, 0, features, labels, row, rows);
                notes[row] = Math.max(0, Math.min(there, most - from));
            }
            INDArray input = network.getLayer(0)
                    .activate(
                            StepRows.array(features, rows, PerformerColumns.FEATURES, STEPS),
                            false,
                            LayerWorkspaceMgr.noWorkspaces());
            INDArray outputs = lstm.rnnTimeStep(input, LayerWorkspaceMgr.noWorkspaces());
            float[] nats = heads.nats(outputs, StepRows.array(labels, rows, PerformerColumns.LABELS, STEPS));
            long counted = 0;
            for (int row = 0; row < rows; row++) {
                for (int step = 0; step < notes[row]; step++) {
                    likelihood.add(nats, (step * rows + row) * PerformerColumns.ATTRIBUTES);
                }
                counted += notes[row];
            }
            progress.accept(counted);
        }
        network.rnnClearPreviousState();
    }
}
