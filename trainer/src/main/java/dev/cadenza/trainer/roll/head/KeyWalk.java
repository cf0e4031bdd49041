package dev.cadenza.trainer.roll.head;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A head one key after the other, low to high, as a roll is played: plain loops in double precision, against which the
 * products of training and the exported graph are held.
 */
public abstract class KeyWalk {
    /** Decides a key by its log-odds. */
    @FunctionalInterface
    public interface Choice {
        boolean sounds(int key, double logit);
    }

    /**
     * Walks one step's keys.
     *
     * @param h the time axis' output by key [88][H]
     * @return which keys sound [88]
     */
    public abstract boolean[] step(float[][] h, Choice choice);

    /** 1 / (1 + exp(-value)). */
    public static double logistic(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    /** A parameter's values [rows][columns]. */
    static double[][] matrix(Map<String, INDArray> parameters, String key) {
        INDArray array = HeadArrays.parameter(parameters, key);
        double[][] values = new double[(int) array.size(0)][(int) array.size(1)];
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                values[row][column] = array.getDouble(row, column);
            }
        }
        return values;
    }

    /** {@code sums += x m}. */
    static void add(double[] sums, double x, double[] row) {
        if (x != 0) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += x * row[i];
            }
        }
    }
}
