package dev.cadenza.trainer.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Copies of a network that compute each of its updates together, by the rule in this package's description.
 *
 * <p>The network stays usable between updates, as after DL4J's {@code fit}; its updater, constraints and listeners do
 * their work here too. One thread calls; copies but the first run on threads of their own until {@link #close}. The
 * products of each replica should be single-threaded: set {@code OMP_NUM_THREADS=1}.
 */
public final class Replicas implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final List<Replica> replicas = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * @param network initialised; configured for truncated backpropagation, its recurrent layers fused ones, when shares
     *     carry a state
     * @param count replicas in all, at least 1
     * @throws IllegalArgumentException when a state would be carried by other layers
     */
    public Replicas(MultiLayerNetwork network, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("replicas (" + count + ") must be at least 1");
        }
        this.network = network;
        if (network.getGradientsViewArray() == null) {
            network.initGradientsView();
        }
        for (int i = 0; i < count; i++) {
            replicas.add(new Replica(network));
        }
        threads = Executors.newFixedThreadPool(Math.max(1, count - 1), task -> {
            Thread thread = new Thread(task, "replica");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Replicas in all. */
    public int count() {
        return replicas.size();
    }

    /**
     * Makes one update.
     *
     * @param count shares, 1..{@link #count}
     * @param shares makes a share by its number; called on the share's own thread
     * @return the loss as DL4J scores it: summed over steps, divided by the rows of all shares
     */
    public double update(int count, IntFunction<Share> shares) {
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int share = i;
            others.add(threads.submit(() -> replicas.get(share).compute(shares.apply(share))));
        }
        int rows;
        List<Integer> ofShares = new ArrayList<>();
        try {
            ofShares.add(replicas.get(0).compute(shares.apply(0)));
        } finally {
            // A failed share must not leave others at work on parameters that are used afterwards.
            others.forEach(Replicas::settle);
        }
        others.forEach(other -> ofShares.add(result(other)));
        rows = ofShares.stream().mapToInt(Integer::intValue).sum();
        double score = 0;
        INDArray gradient = network.getGradientsViewArray();
        for (int i = 0; i < count; i++) {
            MultiLayerNetwork computed = replicas.get(i).network();
            score += computed.score() * ofShares.get(i) / rows;
            if (i == 0) {
                gradient.assign(computed.getGradientsViewArray());
            } else {
                gradient.addi(computed.getGradientsViewArray());
            }
        }
        network.setScore(score);
        step(rows);
        return score;
    }

    private void step(int rows) {
        int iteration = network.getIterationCount();
        int epoch = network.getEpochCount();
        network.getUpdater().update(network, gradient(), iteration, epoch, rows, LayerWorkspaceMgr.noWorkspaces());
        INDArray params = network.params();
        params.subi(network.getGradientsViewArray().reshape(params.shape()));
        for (TrainingListener listener : network.getListeners()) {
            listener.iterationDone(network, iteration, epoch);
        }
        network.applyConstraints(iteration, epoch);
        network.getLayerWiseConfigurations().setIterationCount(iteration + 1);
        for (Replica replica : replicas) {
            replica.network().getLayerWiseConfigurations().setIterationCount(iteration + 1);
            replica.clear();
        }
    }

    /** The flat gradient with the names that clipping by layer asks for. */
    private Gradient gradient() {
        INDArray flat = network.getGradientsViewArray().reshape(network.numParams());
        Gradient gradient = new DefaultGradient(network.getGradientsViewArray());
        long from = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            long to = from + parameter.getValue().length();
            gradient.setGradientFor(parameter.getKey(), flat.get(NDArrayIndex.interval(from, to)));
            from = to;
        }
        return gradient;
    }

    /** Waits; {@link #result} has how it ended. */
    private static void settle(Future<Integer> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Reported by result.
        }
    }

    private static int result(Future<Integer> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of an update", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The states carried to the next update, of all rows; empty when none is carried yet. */
    public CarriedState carried() {
        return CarriedState.joined(replicas.stream().map(Replica::carried).toList());
    }

    /**
     * Goes on from states that {@link #carried} gave, whatever the number of replicas was.
     *
     * @param together rows that no two replicas share, at least 1
     */
    public void carry(CarriedState state, int together) {
        int groups = state.rows() / together;
        int shares = Math.min(replicas.size(), groups);
        forget();
        for (int share = 0; share < shares; share++) {
            replicas.get(share)
                    .carry(state.rows(
                            together * firstRow(groups, share, shares),
                            together * firstRow(groups, share + 1, shares)));
        }
    }

    /** Where a share of a batch begins: shares are as equal as whole rows allow. */
    public static int firstRow(int rows, int share, int shares) {
        return rows * share / shares;
    }

    /** Drops the states carried. */
    public void forget() {
        replicas.forEach(replica -> replica.carry(CarriedState.NONE));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
