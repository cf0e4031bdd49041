package dev.cadenza.trainer.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PaperEncoding;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.training.EpochWindows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The table of one split: the model with its state carried and in windows from a zero state, compared with the trivial
 * predictors.
 *
 * <p>The likelihood takes each column as a Gaussian around the prediction with the encoding's deviation, times the
 * width of the grid it is rounded to: nats per note of an integer interval, pitch and velocity. The duration has no
 * distribution in this model and counts nothing.
 */
public final class PaperMeasures {
    static final String CARRIED = "model, state carried";
    static final String WINDOWS = "model, windows";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double HALF_LN_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final String[] COLUMN_NAMES = {"interval", "pitch", "velocity"};

    private final Split split;
    private final PaperEncoding encoding;
    private final int window;
    private final int longestIntervalTicks;
    private final SquaredErrors carried;
    private final Map<String, SquaredErrors> errors;

    private PaperMeasures(
            Split split,
            PaperEncoding encoding,
            int window,
            int longestIntervalTicks,
            SquaredErrors carried,
            Map<String, SquaredErrors> errors) {
        this.split = split;
        this.encoding = encoding;
        this.window = window;
        this.longestIntervalTicks = longestIntervalTicks;
        this.carried = carried;
        this.errors = errors;
    }

    /**
     * Measures a network on one split.
     *
     * @param window steps of the windows that start from a zero state
     * @param progress called with the notes done, of {@code 2 x notes of the split}
     * @throws IllegalArgumentException when the split has no piece or the grids differ
     */
    public static PaperMeasures measure(
            MultiLayerNetwork network,
            PaperEncoding encoding,
            int window,
            EncodedCorpus corpus,
            Split split,
            LongConsumer progress) {
        if (corpus.ticksPerSecond() != encoding.ticksPerSecond()) {
            throw new IllegalArgumentException("ticks per second of the corpus (" + corpus.ticksPerSecond()
                    + ") must be those of the encoding (" + encoding.ticksPerSecond() + ")");
        }
        List<EncodedPiece> pieces = corpus.pieces(split);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("split (" + split.label() + ") has no piece in this corpus");
        }
        int clip = encoding.intervalClipTicks();
        PaperRows rows = new PaperRows(corpus, clip);
        CorpusFigures figures = CorpusFigures.of(rows);
        int longest = figures.longestIntervalTicks();
        Map<String, SquaredErrors> errors = new LinkedHashMap<>();
        SquaredErrors carried = new ModelErrors(network, rows, clip, longest, progress).carried(pieces);
        errors.put(CARRIED, carried);
        errors.put(
                WINDOWS,
                new ModelErrors(network, rows, clip, longest, notes -> progress.accept(carried.notes() + notes))
                        .windows(EpochWindows.tiled(pieces, window, 1), window));
        errors.putAll(TrivialPredictors.measure(rows, pieces, figures, clip));
        return new PaperMeasures(split, encoding, window, longest, carried, errors);
    }

    /** True when the model, its state carried, has a lower MSE than every trivial predictor. */
    public boolean beatsTrivialPredictors() {
        double model = carried.mse();
        return errors.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("model"))
                .allMatch(entry -> model < entry.getValue().mse());
    }

    /** Standard deviation of what the model, its state carried, leaves over of each column [3], in scaled units. */
    public float[] deviations() {
        return carried.deviations();
    }

    /** The same measures with the likelihood under other deviations. */
    public PaperMeasures under(PaperEncoding other) {
        return new PaperMeasures(split, other, window, longestIntervalTicks, carried, errors);
    }

    /** Keys in snake case with units; rows by predictor. */
    public ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("split", split.label());
        node.put("notes", carried.notes());
        node.put("window", window);
        node.put("scaling", scaling());
        node.put("scaling_by_longest", scalingByLongest());
        double total = 0;
        for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
            double nll = nllNats(column);
            node.put("nll_" + COLUMN_NAMES[column], nll);
            total += nll;
        }
        node.put("nll_nats_per_note", total);
        ObjectNode rows = node.putObject("rows");
        errors.forEach((name, sums) -> {
            ObjectNode row = rows.putObject(name);
            row.put("mse", sums.mse()).put("snr_db", sums.snrDecibels());
            row.put("mse_by_longest", sums.mseByLongest()).put("snr_db_by_longest", sums.snrDecibelsByLongest());
            for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
                row.put("mse_" + COLUMN_NAMES[column], sums.mse(column));
            }
        });
        return node;
    }

    private double nllNats(int column) {
        double deviation = encoding.deviations()[column];
        double grid = column == 0 ? encoding.intervalClipTicks() : 127;
        double mse = carried.mse(column);
        return 0.5 * mse / (deviation * deviation) + Math.log(deviation) + HALF_LN_TWO_PI + Math.log(grid);
    }

    private String scaling() {
        return String.format(
                Locale.ROOT,
                "pitch/127, velocity/127, interval clipped at %.3f s and divided by it",
                encoding.intervalClipTicks() / (double) encoding.ticksPerSecond());
    }

    private String scalingByLongest() {
        return String.format(
                Locale.ROOT,
                "pitch/127, velocity/127, interval divided by the corpus' longest, %.3f s",
                longestIntervalTicks / (double) encoding.ticksPerSecond());
    }

    /** A table for people. */
    public String toTable() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, "%s: %,d notes%n", split.label(), carried.notes()));
        table.append("scaling A: ").append(scaling()).append(System.lineSeparator());
        table.append("scaling B: ").append(scalingByLongest()).append(System.lineSeparator());
        table.append(String.format(Locale.ROOT, "%-24s %9s %8s   %9s %8s%n", "", "MSE A", "SNR dB", "MSE B", "SNR dB"));
        errors.forEach((name, sums) -> table.append(String.format(
                Locale.ROOT,
                "%-24s %9.5f %8.2f   %9.5f %8.2f%n",
                name.equals(WINDOWS) ? name + " of " + window : name,
                sums.mse(),
                sums.snrDecibels(),
                sums.mseByLongest(),
                sums.snrDecibelsByLongest())));
        double total = 0;
        StringBuilder parts = new StringBuilder();
        for (int column = 0; column < PaperEncoding.COLUMNS; column++) {
            double nll = nllNats(column);
            total += nll;
            parts.append(String.format(Locale.ROOT, ", %s %.3f", COLUMN_NAMES[column], nll));
        }
        table.append(String.format(
                Locale.ROOT,
                "NLL (state carried): %.3f nats per note%s; duration has no distribution%n",
                total,
                parts));
        return table.toString();
    }
}
