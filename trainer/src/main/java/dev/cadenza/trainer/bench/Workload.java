package dev.cadenza.trainer.bench;

import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.network.Replicas;
import dev.cadenza.trainer.network.Share;
import dev.cadenza.trainer.paper.PaperPreset;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole updates of the paper's network without dropout, on random rows: forward, backward, Adam. */
final class Workload implements AutoCloseable {
    static final int INPUTS = 3;
    private static final int UPDATES = 3;

    private final Replicas replicas;
    private final List<Share> shares = new ArrayList<>();
    private final int notes;

    /** @param rows of a whole batch, cut between the replicas */
    Workload(TrainingBench.Size size, LstmLayers lstm, int replicas, int rows) {
        // Batch and window of the preset have no part in its network.
        PaperPreset preset = new PaperPreset(size.hidden(), 2, 1, 1e-4, 1, 1000, 1000, false, 1);
        MultiLayerNetwork network = new MultiLayerNetwork(lstm.in(preset.network()));
        network.init();
        this.replicas = new Replicas(network, replicas);
        int used = Math.min(replicas, rows);
        for (int share = 0; share < used; share++) {
            long[] shape = {rows * (share + 1L) / used - rows * (long) share / used, INPUTS, size.steps()};
            shares.add(new Share(random(shape), random(shape), null, null, share));
        }
        notes = rows * size.steps();
    }

    private static INDArray random(long[] shape) {
        return Nd4j.rand(shape).dup('f');
    }

    double notesPerSecond() {
        long start = System.nanoTime();
        for (int update = 0; update < UPDATES; update++) {
            replicas.update(shares.size(), shares::get);
        }
        return UPDATES * notes / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        replicas.close();
    }
}
