package dev.cadenza.exporter.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a file holds a network's weights. */
public enum WeightFormat {
    /** As training left them. */
    FP32,
    /** Half the size; the nearest half floats, computed with in single precision. */
    FP16,
    /**
     * A quarter of the size: whole numbers, and a scale for each column. What they are multiplied with is rounded to 256
     * levels by its range over the whole batch, so that a row's result depends on its neighbours.
     */
    INT8;

    /** The format's name on the command line and in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name. */
    public static Optional<WeightFormat> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    /** Whether a row has the same bits in a batch of any size. */
    public boolean batchInvariant() {
        return this != INT8;
    }

    public ProductNodes products() {
        return switch (this) {
            case FP32 -> new FloatProducts(false);
            case FP16 -> new FloatProducts(true);
            case INT8 -> new QuantizedProducts();
        };
    }
}
