package dev.cadenza.trainer.bench;

import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.network.ProductSpeed;
import dev.cadenza.trainer.network.SgemmCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;

/**
 * Measures one LSTM's training in one process: products alone, DL4J's layer, the fused layer on one core and on two.
 *
 * <p>Each round measures every one of them once, one after another, so that a busy moment of a shared machine hits all;
 * a figure is its median over the rounds, after one round that is not counted.
 */
public final class TrainingBench {
    private static final int TWO = 2;

    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("cores", "that this process may use");
        MEANINGS.put("mflop_per_note", "of the LSTM: 3 products of 8 H (H + 3) operations");
        MEANINGS.put("sgemm_1024_gflops_1", "sgemm [1024, 1024] x [1024, 1024], one thread");
        MEANINGS.put("sgemm_gflops_1", "sgemm at the shapes of an update, in their proportion: the limit");
        MEANINGS.put("sgemm_gflops_2", "the same on two threads at once, summed");
        MEANINGS.put("packed_gflops_1", "the same products with weights laid out once, as the fused layer runs them");
        MEANINGS.put("dl4j_notes_per_s", "whole updates with DL4J's LSTM, one replica");
        MEANINGS.put("dl4j_gflops_1", "the LSTM's operations in them");
        MEANINGS.put("fused_notes_per_s_1", "whole updates with the fused layer, one replica");
        MEANINGS.put("fused_gflops_1", "the LSTM's operations in them");
        MEANINGS.put("fused_notes_per_s_2", "two replicas, each with a batch of its own");
        MEANINGS.put("fused_gflops_2", "the LSTM's operations in them");
        MEANINGS.put("fused_notes_per_s_2_one_batch", "two replicas that share one batch");
        MEANINGS.put("share_of_sgemm_1", "fused_gflops_1 of sgemm_gflops_1");
        MEANINGS.put("share_of_sgemm_2", "fused_gflops_2 of sgemm_gflops_2");
        MEANINGS.put(
                "fused_over_dl4j", "notes/s of one replica, fused divided by DL4J's, median of the rounds' ratios");
        MEANINGS.put("peak_memory_mb", "resident, of all of the above in one process");
    }

    private TrainingBench() {}

    /**
     * What is measured.
     *
     * @param batch sequences a replica
     * @param steps notes a sequence
     */
    public record Size(int hidden, int batch, int steps, int rounds) {
        public Size {
            inRange("hidden", hidden, 4096);
            inRange("batch", batch, 4096);
            inRange("steps", steps, 4096);
            inRange("rounds", rounds, 10_000);
        }

        private static void inRange(String name, int value, int highest) {
            if (value < 1 || value > highest) {
                throw new IllegalArgumentException(name + " (" + value + ") must be in 1.." + highest);
            }
        }
    }

    /** What a figure says, in a line. */
    public static String meaning(String figure) {
        return MEANINGS.getOrDefault(figure, "");
    }

    /**
     * Measures.
     *
     * @param round called with each round's number when it is done; 1 is the one that is not counted
     * @return figures by name in the order of reading; NaN where this machine has no figure
     */
    public static Map<String, Double> run(Size size, IntConsumer round) {
        int cores = Runtime.getRuntime().availableProcessors();
        double operations = ProductSpeed.operationsPerNote(Workload.INPUTS, size.hidden());
        List<ProductSpeed> products = new ArrayList<>();
        for (int i = 0; i < TWO; i++) {
            products.add(new ProductSpeed(size.hidden(), size.batch(), size.steps()));
        }
        Map<String, DoubleSupplier> measured = new LinkedHashMap<>();
        try (Workload dl4j = new Workload(size, LstmLayers.DL4J, 1, size.batch());
                Workload fused = new Workload(size, LstmLayers.FUSED, 1, size.batch());
                Workload both = new Workload(size, LstmLayers.FUSED, TWO, TWO * size.batch());
                Workload shared = new Workload(size, LstmLayers.FUSED, TWO, size.batch())) {
            measured.put("sgemm_1024_gflops_1", () -> SgemmCheck.run().gigaflops());
            measured.put("sgemm_gflops_1", () -> gigaflops(products.subList(0, 1), false));
            if (cores >= TWO) {
                measured.put("sgemm_gflops_2", () -> gigaflops(products, false));
            }
            if (ProductSpeed.packs()) {
                measured.put("packed_gflops_1", () -> gigaflops(products.subList(0, 1), true));
            }
            measured.put("dl4j_notes_per_s", dl4j::notesPerSecond);
            measured.put("fused_notes_per_s_1", fused::notesPerSecond);
            if (cores >= TWO) {
                measured.put("fused_notes_per_s_2", both::notesPerSecond);
                measured.put("fused_notes_per_s_2_one_batch", shared::notesPerSecond);
            }
            Map<String, double[]> rounds = new LinkedHashMap<>();
            measured.keySet().forEach(name -> rounds.put(name, new double[size.rounds()]));
            for (int r = -1; r < size.rounds(); r++) {
                for (Map.Entry<String, DoubleSupplier> each : measured.entrySet()) {
                    double value = each.getValue().getAsDouble();
                    if (r >= 0) {
                        values(rounds, each.getKey())[r] = value;
                    }
                }
                round.accept(r + 2);
            }
            return figures(rounds, cores, operations);
        }
    }

    private static Map<String, Double> figures(Map<String, double[]> rounds, int cores, double operations) {
        Map<String, Double> known = new LinkedHashMap<>();
        rounds.forEach((name, values) -> known.put(name, median(values)));
        double[] ratios = values(rounds, "fused_notes_per_s_1").clone();
        for (int r = 0; r < ratios.length; r++) {
            ratios[r] /= values(rounds, "dl4j_notes_per_s")[r];
        }
        known.put("cores", (double) cores);
        known.put("mflop_per_note", operations / 1e6);
        known.put("fused_over_dl4j", median(ratios));
        known.put("peak_memory_mb", PeakMemory.megabytes());
        known.put("dl4j_gflops_1", of(known, "dl4j_notes_per_s") * operations / 1e9);
        known.put("fused_gflops_1", of(known, "fused_notes_per_s_1") * operations / 1e9);
        known.put("fused_gflops_2", of(known, "fused_notes_per_s_2") * operations / 1e9);
        known.put("share_of_sgemm_1", of(known, "fused_gflops_1") / of(known, "sgemm_gflops_1"));
        known.put("share_of_sgemm_2", of(known, "fused_gflops_2") / of(known, "sgemm_gflops_2"));
        Map<String, Double> ordered = new LinkedHashMap<>();
        MEANINGS.keySet().forEach(name -> ordered.put(name, of(known, name)));
        return ordered;
    }

    private static double[] values(Map<String, double[]> rounds, String name) {
        return Objects.requireNonNull(rounds.get(name), name);
    }

    private static double of(Map<String, Double> figures, String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** All at once, from the moment when the first starts to the moment when the last is done. */
    private static double gigaflops(List<ProductSpeed> products, boolean packed) {
        double[] operations = new double[products.size()];
        CountDownLatch done = new CountDownLatch(products.size() - 1);
        long start = System.nanoTime();
        for (int i = 1; i < products.size(); i++) {
            int index = i;
            Thread thread = new Thread(() -> {
                operations[index] = products.get(index).run(packed);
                done.countDown();
            });
            thread.setDaemon(true);
            thread.start();
        }
        operations[0] = products.get(0).run(packed);
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
        return Arrays.stream(operations).sum() / (System.nanoTime() - start);
    }
}
