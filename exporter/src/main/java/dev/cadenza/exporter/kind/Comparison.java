package dev.cadenza.exporter.kind;

import dev.cadenza.model.Golden.Tolerance;

/** Holds numbers of ONNX Runtime against DL4J's; keeps the largest difference, and how many are outside the tolerance. */
public final class Comparison {
    private static final Tolerance TOLERANCE = Tolerance.EXPORT;

    private long compared;
    private long outside;
    private double largest = -1;
    private String where = "";

    public void compare(String what, float[] onnx, float[] dl4j) {
        if (onnx.length != dl4j.length) {
            throw new IllegalStateException(
                    what + ": ONNX Runtime gave " + onnx.length + " numbers, DL4J " + dl4j.length);
        }
        for (int i = 0; i < onnx.length; i++) {
            double difference = Math.abs((double) onnx[i] - dl4j[i]);
            if (!TOLERANCE.accepts(onnx[i], dl4j[i])) {
                outside++;
            }
            // A NaN is the largest difference of all.
            if (!(difference <= largest) && !Double.isNaN(largest)) {
                largest = difference;
                where = what + ", number " + i + ": ONNX Runtime " + onnx[i] + ", DL4J " + dl4j[i];
            }
        }
        compared += onnx.length;
    }

    /**
     * What came of it.
     *
     * @throws ExportRefusedException if they differ anywhere by more than 1e-5 + 1e-5 |b|, with the largest difference
     *     and where it is
     */
    public Parity verdict() throws ExportRefusedException {
        if (outside > 0) {
            throw new ExportRefusedException("DL4J and ONNX Runtime differ by more than 1e-5 + 1e-5 |b| in " + outside
                    + " of " + compared + " numbers; the largest difference is " + largest + " at " + where);
        }
        return new Parity(largest, where, compared);
    }
}
