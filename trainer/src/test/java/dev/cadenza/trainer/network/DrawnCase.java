package dev.cadenza.trainer.network;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** Two LSTM layers and what goes into them, drawn from a seed: sizes, format, mask, layout of the error. */
final class DrawnCase {
    final String name;
    final Twins twins;
    final INDArray features;
    final INDArray error;
    final @Nullable INDArray mask;

    private final int batch;
    private final int steps;
    private final RNNFormat format;

    DrawnCase(int seed, int fewestUnits, int mostUnits) {
        SplittableRandom random = new SplittableRandom(seed);
        int inputs = random.nextInt(1, seed % 2 == 0 ? 9 : 21);
        int lower = random.nextInt(fewestUnits, mostUnits + 1);
        int upper = random.nextInt(1, 41);
        batch = random.nextInt(1, 21);
        steps = random.nextInt(1, 31);
        format = seed % 4 == 3 ? RNNFormat.NWC : RNNFormat.NCW;
        mask = switch (seed % 3) {
            case 0 -> null;
            case 1 -> Twins.trailingMask(random, DataType.FLOAT, batch, steps);
            default ->
                Twins.uniform(random, DataType.FLOAT, batch, steps).gt(-0.3).castTo(DataType.FLOAT);
        };
        features = drawn(random, inputs);
        int layout = random.nextInt(4);
        error = laidOut(drawn(random, upper), layout);
        twins = Twins.of(
                Twins.layers(Twins.base(DataType.FLOAT, new Sgd(0.1)), format, inputs, lower, upper, 2), random);
        name = "case %d (%s, %d-%d-%d units, %d rows, %d steps, mask %d, layout %d)"
                .formatted(seed, format, inputs, lower, upper, batch, steps, seed % 3, layout);
    }

    private INDArray drawn(SplittableRandom random, int width) {
        return format == RNNFormat.NCW
                ? Twins.uniform(random, DataType.FLOAT, batch, width, steps)
                : Twins.uniform(random, DataType.FLOAT, batch, steps, width);
    }

    /** The same values with other strides. */
    private static INDArray laidOut(INDArray array, int layout) {
        return switch (layout) {
            case 0 -> array;
            case 1 -> array.dup('f');
            case 2 -> array.permute(2, 0, 1).dup('c').permute(1, 2, 0);
            default ->
                Nd4j.create(array.dataType(), new long[] {array.size(0) + 2, array.size(1), array.size(2) + 1}, 'f')
                        .get(
                                NDArrayIndex.interval(1, 1 + array.size(0)),
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(1, 1 + array.size(2)))
                        .assign(array);
        };
    }
}
