package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.NativeFloats;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.paper.PaperTask;
import dev.cadenza.trainer.study.report.Columns;
import dev.cadenza.trainer.study.report.CsvRows;
import dev.cadenza.trainer.study.result.EpochRow;
import dev.cadenza.trainer.study.result.StepRow;
import dev.cadenza.trainer.study.result.WeightRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVPrinter;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The paper preset's task that also writes down loss and accuracy on both splits, at the end of each epoch
 * ({@code curve.csv}) and of windows as many as a batch has now and then between ({@code steps.csv}); and how every
 * parameter is distributed ({@code weights.csv}).
 */
final class WatchedTask extends PaperTask {
    private final Path folder;
    private final int every;
    /** Seconds of the samples since the last epoch's row. */
    private double sampling;

    /**
     * @param folder for the files
     * @param every how many updates lie between two rows of {@code steps.csv}
     */
    WatchedTask(PaperPreset preset, EncodedCorpus corpus, Path folder, int every) {
        super(preset, corpus);
        this.folder = folder;
        this.every = every;
    }

    Path curve() {
        return folder.resolve("curve.csv");
    }

    Path steps() {
        return folder.resolve("steps.csv");
    }

    Path weights() {
        return folder.resolve("weights.csv");
    }

    @Override
    public Validation validateAll(MultiLayerNetwork network) {
        long began = System.nanoTime();
        Scores train = scores(network, Split.TRAIN);
        Scores held = scores(network, Split.VALIDATION);
        int update = network.getIterationCount();
        append(
                curve(),
                EpochRow.COLUMNS,
                new EpochRow(
                        update,
                        train.mse(),
                        train.pitchAccuracy(),
                        held.mse(),
                        held.snrDecibels(),
                        held.pitchAccuracy(),
                        sampling + seconds(began)));
        sampling = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            append(weights(), WeightRow.COLUMNS, distribution(update, parameter.getKey(), parameter.getValue()));
        }
        return new Validation(held.mse(), String.format(Locale.ROOT, "MSE %.5f", held.mse()));
    }

    @Override
    public void updated(MultiLayerNetwork network) {
        int update = network.getIterationCount();
        if (update % every == 0) {
            long began = System.nanoTime();
            Scores train = scores(network, Split.TRAIN, rows());
            Scores held = scores(network, Split.VALIDATION, rows());
            append(
                    steps(),
                    StepRow.COLUMNS,
                    new StepRow(
                            update,
                            train.mse(),
                            train.pitchAccuracy(),
                            held.mse(),
                            held.pitchAccuracy(),
                            seconds(began)));
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static WeightRow distribution(int update, String parameter, INDArray array) {
        float[] values = NativeFloats.of(array.dup('c'));
        Arrays.sort(values);
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return new WeightRow(
                update,
                parameter,
                mean,
                Math.sqrt(Math.max(0, squares / values.length - mean * mean)),
                quantile(values, 0.01),
                quantile(values, 0.25),
                quantile(values, 0.5),
                quantile(values, 0.75),
                quantile(values, 0.99));
    }

    private static float quantile(float[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static <R> void append(Path file, Columns<R> columns, R row) {
        try (CSVPrinter out = new CSVPrinter(
                Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), CsvRows.FORMAT)) {
            out.printRecord(columns.cells(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Validation validateSample(MultiLayerNetwork network) {
        long began = System.nanoTime();
        Validation validation = super.validateSample(network);
        sampling += seconds(began);
        return validation;
    }
}
