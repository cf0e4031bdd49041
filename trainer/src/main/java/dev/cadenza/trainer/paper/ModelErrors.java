package dev.cadenza.trainer.paper;

import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.training.EpochWindows;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runs a network over pieces and sums its errors, every note predicted once. */
final class ModelErrors {
    private static final int BATCH = 64;
    private static final int CARRIED_STEPS = 100;

    private final MultiLayerNetwork network;
    private final PaperRows rows;
    private final int intervalClipTicks;
    private final int longestIntervalTicks;
    private final LongConsumer progress;
    private final float[] predicted = new float[PaperEncoding.COLUMNS];
    private final float[] actual = new float[PaperEncoding.COLUMNS];

    /** @param progress called with the notes done since the call began */
    ModelErrors(
            MultiLayerNetwork network,
            PaperRows rows,
            int intervalClipTicks,
            int longestIntervalTicks,
            LongConsumer progress) {
        this.network = network;
        this.rows = rows;
        this.intervalClipTicks = intervalClipTicks;
        this.longestIntervalTicks = longestIntervalTicks;
        this.progress = progress;
    }

    /** Each window from a zero state. */
    SquaredErrors windows(EpochWindows windows, int window) {
        SquaredErrors errors = new SquaredErrors(intervalClipTicks, longestIntervalTicks);
        for (int first = 0; first < windows.size(); first += BATCH) {
            int count = Math.min(BATCH, windows.size() - first);
            float[] features = new float[count * PaperEncoding.COLUMNS * window];
            for (int row = 0; row < count; row++) {
                rows.fill(windows.piece(first + row), windows.from(first + row), window, features, row, count);
            }
            float[] output = values(network.output(array(features, count, window), false));
            for (int row = 0; row < count; row++) {
                add(errors, windows.piece(first + row), windows.from(first + row), window, output, row, count);
            }
            progress.accept(errors.notes());
        }
        return errors;
    }

    /** Each piece in one go, the state carried from its first note to its last. */
    SquaredErrors carried(List<EncodedPiece> pieces) {
        SquaredErrors errors = new SquaredErrors(intervalClipTicks, longestIntervalTicks);
        List<EncodedPiece> byLength = pieces.stream()
                .sorted(Comparator.comparingInt(EncodedPiece::notes).reversed())
                .toList();
        for (int first = 0; first < byLength.size(); first += BATCH) {
            List<EncodedPiece> group = byLength.subList(first, Math.min(byLength.size(), first + BATCH));
            network.rnnClearPreviousState();
            int active = group.size();
            for (int from = 0; from < group.get(0).notes(); from += CARRIED_STEPS) {
                int before = active;
                while (group.get(active - 1).notes() <= from) {
                    active--;
                }
                if (active < before) {
                    keepFirstRows(active);
                }
                float[] features = new float[active * PaperEncoding.COLUMNS * CARRIED_STEPS];
                for (int row = 0; row < active; row++) {
                    rows.fill(group.get(row), from, CARRIED_STEPS, features, row, active);
                }
                float[] output = values(network.rnnTimeStep(array(features, active, CARRIED_STEPS)));
                for (int row = 0; row < active; row++) {
                    add(errors, group.get(row), from, CARRIED_STEPS, output, row, active);
                }
                progress.accept(errors.notes());
            }
        }
        network.rnnClearPreviousState();
        return errors;
    }

    /** Drops the state of pieces that have ended: the group is sorted by length. */
    private void keepFirstRows(int active) {
        Map<String, INDArray> kept = new HashMap<>();
        network.rnnGetPreviousState(0)
                .forEach((name, state) -> kept.put(
                        name,
                        state.get(NDArrayIndex.interval(0, active), NDArrayIndex.all())
                                .dup('f')));
        network.rnnSetPreviousState(0, kept);
    }

    private void add(
            SquaredErrors errors, EncodedPiece piece, int from, int steps, float[] output, int row, int batch) {
        for (int step = 0; step < steps && from + step < piece.notes(); step++) {
            int position = from + step + 1;
            for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
                predicted[column] = output[row + batch * (column + PaperEncoding.COLUMNS * step)];
                actual[column] = rows.value(piece, position, column);
            }
            errors.add(predicted, actual, rows.corpus().value(piece.firstRow() + position - 1, 0));
        }
    }

    private static INDArray array(float[] features, int batch, int steps) {
        return Nd4j.create(features, new long[] {batch, PaperEncoding.COLUMNS, steps}, 'f');
    }

    private static float[] values(INDArray output) {
        return output.dup('f').data().asFloat();
    }
}
