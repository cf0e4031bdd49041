package dev.cadenza.trainer.roll;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.Share;
import dev.cadenza.trainer.roll.head.NadeHead;
import dev.cadenza.trainer.training.EpochWindows;
import dev.cadenza.trainer.training.Mixing;
import dev.cadenza.trainer.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A piano-roll preset on a corpus. */
public final class RollTask implements TrainingTask {
    private static final int SAMPLE_STEPS = 10_000;
    private static final int PARITY_ROLLS = 4;
    private static final int PARITY_STEPS = 48;

    private final RollPreset preset;
    private final List<PianoRoll> training;
    private final List<PianoRoll> validation;
    private final List<PianoRoll> sample;
    private final RollEncoding encoding;
    /** The training rolls' places: an {@link EpochWindows} knows pieces by them. */
    private final List<EncodedPiece> places;

    private final int labelColumns;

    /**
     * The preset on that corpus.
     *
     * @param stepMillis how long a step lasts when it is played
     */
    public RollTask(RollPreset preset, RollCorpus corpus, int stepMillis) {
        this.preset = preset;
        encoding = new RollEncoding(preset.architecture().id(), stepMillis);
        training = corpus.rolls(Split.TRAIN);
        validation = corpus.rolls(Split.VALIDATION);
        sample = sample(validation);
        places = new ArrayList<>();
        for (int index = 0; index < training.size(); index++) {
            places.add(new EncodedPiece(
                    Integer.toString(index),
                    Split.TRAIN,
                    index,
                    training.get(index).steps()));
        }
        labelColumns = switch (preset.architecture()) {
            case LSTM -> 0;
            case TP_LSTM_NADE -> 1 + NadeHead.REACH;
            case BALSTM -> 2;
        };
    }

    /** Whole rolls, evenly taken, until there are enough steps. */
    private static List<PianoRoll> sample(List<PianoRoll> rolls) {
        long steps = rolls.stream().mapToLong(PianoRoll::steps).sum();
        int stride = (int) Math.max(1, steps / SAMPLE_STEPS);
        List<PianoRoll> sample = new ArrayList<>();
        for (int roll = 0; roll < rolls.size(); roll += stride) {
            sample.add(rolls.get(roll));
        }
        return sample;
    }

    @Override
    public MultiLayerConfiguration network() {
        return preset.network();
    }

    @Override
    public Loss loss() {
        return new Loss("nats per step", "nats", preset.transpose() > 0 ? "transposed" : "as they are");
    }

    @Override
    public String unit() {
        return "steps";
    }

    @Override
    public boolean carries() {
        return true;
    }

    @Override
    public EpochWindows windows(int epoch) {
        return EpochWindows.sideBySide(places, preset.window(), rows(), preset.seed(), epoch);
    }

    @Override
    public int rows() {
        return Math.min(preset.batch(), training.size());
    }

    @Override
    public int carriedRows() {
        return preset.architecture().rows();
    }

    @Override
    public Part part(EpochWindows windows, int epoch, int first, int count, long randomSeed) {
        RollBatch batch = new RollBatch(preset.architecture(), labelColumns, count, preset.window());
        int rowsOfOne = preset.architecture().rows();
        boolean[] fresh = new boolean[count * rowsOfOne];
        for (int sequence = 0; sequence < count; sequence++) {
            int window = first + sequence;
            boolean begins = windows.idle(window) || windows.from(window) == 0;
            Arrays.fill(fresh, sequence * rowsOfOne, (sequence + 1) * rowsOfOne, begins);
            if (!windows.idle(window)) {
                int index = windows.piece(window).firstRow();
                PianoRoll roll = training.get(index);
                batch.write(sequence, roll, windows.from(window), shift(roll, epoch, index));
            }
        }
        return new Part(
                new Share(batch.features(), batch.labels(), batch.full() ? null : batch.mask(), fresh, randomSeed),
                batch.counted());
    }

    /** Semitones that leave every key of the roll on the piano. */
    private int shift(PianoRoll roll, int epoch, int index) {
        if (preset.transpose() == 0 || roll.highestKey() < 0) {
            return 0;
        }
        int lowest = Math.max(-preset.transpose(), -roll.lowestKey());
        int highest = Math.min(preset.transpose(), PianoRoll.KEYS - 1 - roll.highestKey());
        return new SplittableRandom(Mixing.mix(preset.seed(), epoch, index)).nextInt(lowest, highest + 1);
    }

    @Override
    public Validation validateSample(MultiLayerNetwork network) {
        return validation(network, sample);
    }

    @Override
    public Validation validateAll(MultiLayerNetwork network) {
        return validation(network, validation);
    }

    private Validation validation(MultiLayerNetwork network, List<PianoRoll> rolls) {
        RollLikelihood likelihood = RollLikelihood.measure(
                network, preset.architecture(), rolls, Runtime.getRuntime().availableProcessors(), steps -> {});
        return new Validation(-likelihood.perStep(), likelihood.toString());
    }

    @Override
    public CheckpointInfo info(ObjectNode provenance) {
        return new CheckpointInfo(RollFamily.ID, encoding.toJson(), provenance);
    }

    /** Steps [rolls, steps, 88] of the longest validation rolls: 1 where a key sounds. */
    @Override
    public ParityRows parity() {
        List<PianoRoll> longest = validation.stream()
                .sorted(Comparator.comparingInt(PianoRoll::steps).reversed())
                .limit(PARITY_ROLLS)
                .toList();
        int steps = Math.min(PARITY_STEPS, longest.get(longest.size() - 1).steps());
        float[] values = new float[longest.size() * steps * PianoRoll.KEYS];
        int next = 0;
        for (PianoRoll roll : longest) {
            for (int step = 0; step < steps; step++) {
                for (int key = 0; key < PianoRoll.KEYS; key++) {
                    values[next++] = roll.on(step, key) ? 1 : 0;
                }
            }
        }
        return new ParityRows(longest.size(), steps, PianoRoll.KEYS, values);
    }
}
