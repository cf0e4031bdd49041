package dev.cadenza.exporter.kind.paper;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.exporter.kind.Comparison;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.Parity;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.onnx.GraphInputs;
import dev.cadenza.onnx.GraphOutputs;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.trainer.checkpoint.ParityRows;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The proof for the kind {@code paper}: the mean, h and c of every step. */
final class PaperParity {
    private static final int ATTRIBUTES = 4;

    private PaperParity() {}

    /**
     * Compares the two everywhere.
     *
     * @param rows scaled rows as they enter the network
     * @throws ExportRefusedException if they differ anywhere by more than 1e-5 + 1e-5 |b|, with the largest difference
     *     and where it is; or if there is no row to compare on, or one that is not a note's
     */
    static Parity prove(
            MultiLayerNetwork network, GraphSession graph, PaperEncoding encoding, int hidden, ParityRows rows)
            throws ExportRefusedException {
        if (rows.values().length == 0 || rows.columns() != PaperEncoding.COLUMNS) {
            throw new ExportRefusedException("the checkpoint's parity rows [" + rows.batch() + ", " + rows.steps()
                    + ", " + rows.columns() + "] must be rows of " + PaperEncoding.COLUMNS + " columns, and some");
        }
        Comparison comparison = new Comparison();
        float[] scaled = timeMajor(rows);
        GraphInputs inputs = GraphInputs.fromStart(
                rows.steps(),
                rows.batch(),
                notes(scaled, encoding),
                GraphInputs.nothingForced(rows.steps(), rows.batch()),
                hidden);
        asOneRun(comparison, network, graph, inputs, scaled);
        stepByStep(comparison, network, graph, inputs, scaled);
        network.rnnClearPreviousState();
        return comparison.verdict();
    }

    private static void asOneRun(
            Comparison comparison, MultiLayerNetwork network, GraphSession graph, GraphInputs in, float[] scaled) {
        GraphOutputs out = graph.run(in);
        Dl4jRun dl4j = new Dl4jRun(network);
        float[] mean = dl4j.output(scaled, in.steps(), in.rows());
        comparison.compare("mean of one run", out.mean(), mean);
        comparison.compare("mean of one run with state", out.mean(), dl4j.step(scaled, in.steps(), in.rows()));
        comparison.compare("h after one run", out.h(), dl4j.h());
        comparison.compare("c after one run", out.c(), dl4j.c());
    }

    private static void stepByStep(
            Comparison comparison, MultiLayerNetwork network, GraphSession graph, GraphInputs in, float[] scaled) {
        int rows = in.rows();
        Dl4jRun dl4j = new Dl4jRun(network);
        float[] h = in.h();
        float[] c = in.c();
        try (ProgressBar progress = ProgressBar.of("proving", "steps", in.steps())) {
            for (int step = 0; step < in.steps(); step++) {
                GraphOutputs out = graph.run(new GraphInputs(
                        1,
                        rows,
                        piece(in.note(), step, rows * ATTRIBUTES),
                        piece(in.forced(), step, rows * ATTRIBUTES),
                        Arrays.copyOf(in.noise(), rows * PaperEncoding.COLUMNS),
                        in.temperature(),
                        h,
                        c));
                h = out.h();
                c = out.c();
                float[] features = Arrays.copyOfRange(
                        scaled, step * rows * PaperEncoding.COLUMNS, (step + 1) * rows * PaperEncoding.COLUMNS);
                comparison.compare("mean of step " + step, out.mean(), dl4j.step(features, 1, rows));
                comparison.compare("h of step " + step, h, dl4j.h());
                comparison.compare("c of step " + step, c, dl4j.c());
                progress.update(step + 1);
            }
        }
    }

    private static int[] piece(int[] values, int step, int width) {
        return Arrays.copyOfRange(values, step * width, (step + 1) * width);
    }

    /** {@code [batch, steps, 3]} to {@code [steps, batch, 3]}. */
    private static float[] timeMajor(ParityRows rows) {
        int columns = rows.columns();
        float[] scaled = new float[rows.values().length];
        for (int row = 0; row < rows.batch(); row++) {
            for (int step = 0; step < rows.steps(); step++) {
                System.arraycopy(
                        rows.values(),
                        (row * rows.steps() + step) * columns,
                        scaled,
                        (step * rows.batch() + row) * columns,
                        columns);
            }
        }
        return scaled;
    }

    /** The notes that scale to these rows; a row of zeros is the start of a piece. */
    private static int[] notes(float[] scaled, PaperEncoding encoding) throws ExportRefusedException {
        int[] scales = {encoding.intervalClipTicks(), PaperEncoding.PITCH_SCALE, PaperEncoding.VELOCITY_SCALE};
        int cells = scaled.length / PaperEncoding.COLUMNS;
        int[] notes = new int[cells * ATTRIBUTES];
        Arrays.fill(notes, -1);
        for (int cell = 0; cell < cells; cell++) {
            int from = cell * PaperEncoding.COLUMNS;
            if (scaled[from] == 0 && scaled[from + 1] == 0 && scaled[from + 2] == 0) {
                continue;
            }
            for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
                float value = scaled[from + column];
                int note = Math.round(value * scales[column]);
                if ((float) note / scales[column] != value || note < 0) {
                    throw new ExportRefusedException("parity row " + cell + ", column " + column + " (" + value
                            + ") must be a whole number of 1/" + scales[column]);
                }
                notes[cell * ATTRIBUTES + column] = note;
            }
            notes[cell * ATTRIBUTES + PaperEncoding.COLUMNS] = 1;
        }
        return notes;
    }
}
