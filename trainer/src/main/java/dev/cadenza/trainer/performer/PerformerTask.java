package dev.cadenza.trainer.performer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.checkpoint.ParityRows;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.network.Share;
import dev.cadenza.trainer.network.StepRows;
import dev.cadenza.trainer.training.EpochWindows;
import dev.cadenza.trainer.training.Mixing;
import dev.cadenza.trainer.training.TrainingTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The performer preset on a corpus. Long pieces are cut into sections that begin as pieces do, with nothing read, which
 * is how a prompt begins too.
 */
public final class PerformerTask implements TrainingTask {
    private static final int SECTION_NOTES = 4000;
    private static final int SAMPLE_PIECES = 160;
    private static final int SAMPLE_NOTES = 500;
    private static final int PARITY_PIECES = 8;
    private static final int PARITY_STEPS = 64;

    private final PerformerPreset preset;
    private final EncodedCorpus corpus;
    private final List<EncodedPiece> training;
    private final List<EncodedPiece> validation;
    private final Lanes lanes;

    /**
     * The preset on that corpus.
     *
     * @throws IllegalArgumentException when the corpus has no piece to train or to validate on
     */
    public PerformerTask(PerformerPreset preset, EncodedCorpus corpus) {
        this.preset = preset;
        this.corpus = corpus;
        corpus.requireTrainable();
        training = sections(corpus.pieces(Split.TRAIN));
        validation = corpus.pieces(Split.VALIDATION);
        lanes = new Lanes(corpus, rows());
    }

    private static List<EncodedPiece> sections(List<EncodedPiece> pieces) {
        List<EncodedPiece> sections = new ArrayList<>();
        for (EncodedPiece piece : pieces) {
            int count = (piece.notes() + SECTION_NOTES - 1) / SECTION_NOTES;
            for (int section = 0; section < count; section++) {
                int from = (int) ((long) piece.notes() * section / count);
                int to = (int) ((long) piece.notes() * (section + 1) / count);
                sections.add(new EncodedPiece(piece.path(), piece.split(), piece.firstRow() + from, to - from));
            }
        }
        return sections;
    }

    @Override
    public MultiLayerConfiguration network() {
        return preset.network();
    }

    @Override
    public MultiLayerNetwork grown(MultiLayerNetwork from) {
        boolean old = from.getnLayers() == 3
                && from.getLayer(2).conf().getLayer() instanceof PerformerHeads heads
                && !heads.isRecall();
        return old ? WithRecall.of(network(), from) : from;
    }

    @Override
    public Loss loss() {
        return new Loss("nats per note", "nats", preset.augment() ? "augmented" : "as they are");
    }

    @Override
    public boolean carries() {
        return true;
    }

    @Override
    public EpochWindows windows(int epoch) {
        return EpochWindows.sideBySide(training, preset.window(), rows(), preset.seed(), epoch);
    }

    @Override
    public int rows() {
        return Math.min(preset.batch(), training.size());
    }

    @Override
    public Part part(EpochWindows windows, int epoch, int first, int count, long randomSeed) {
        int steps = preset.window();
        float[] features = new float[count * steps * PerformerColumns.FEATURES];
        float[] labels = new float[count * steps * PerformerColumns.LABELS];
        float[] mask = new float[count * steps];
        boolean[] fresh = new boolean[count];
        int notes = 0;
        for (int row = 0; row < count; row++) {
            int window = first + row;
            int there = 0;
            if (windows.idle(window)) {
                fresh[row] = true;
                for (int step = 0; step < steps; step++) {
                    int at = step * count + row;
                    NoteRow.empty(features, at * PerformerColumns.FEATURES, labels, at * PerformerColumns.LABELS);
                }
            } else {
                EncodedPiece piece = windows.piece(window);
                fresh[row] = windows.from(window) == 0;
                Augmentation augmentation = preset.augment()
                        ? Augmentation.drawn(Mixing.mix(preset.seed(), epoch, piece.firstRow()))
                        : Augmentation.NONE;
                there = lanes.write(
                        window % rows(),
                        piece,
                        augmentation,
                        windows.from(window),
                        steps,
                        Mixing.mix(preset.seed(), epoch, window, 1) | 1,
                        new Lanes.Window(features, labels, row, count));
            }
            for (int step = 0; step < there; step++) {
                mask[row + count * step] = 1f;
            }
            notes += there;
        }
        @Nullable
        INDArray maskArray = notes == count * steps ? null : Nd4j.create(mask, new long[] {count, steps}, 'f');
        return new Part(
                new Share(
                        StepRows.array(features, count, PerformerColumns.FEATURES, steps),
                        StepRows.array(labels, count, PerformerColumns.LABELS, steps),
                        maskArray,
                        fresh,
                        randomSeed),
                notes);
    }

    @Override
    public Validation validateSample(MultiLayerNetwork network) {
        int stride = Math.max(1, validation.size() / SAMPLE_PIECES);
        List<EncodedPiece> sample = new ArrayList<>();
        for (int piece = 0; piece < validation.size(); piece += stride) {
            sample.add(validation.get(piece));
        }
        return validation(network, sample, SAMPLE_NOTES);
    }

    @Override
    public Validation validateAll(MultiLayerNetwork network) {
        return validation(network, validation, Integer.MAX_VALUE);
    }

    private Validation validation(MultiLayerNetwork network, List<EncodedPiece> pieces, int most) {
        int threads = Runtime.getRuntime().availableProcessors();
        Likelihood likelihood = LikelihoodRun.measure(network, corpus, pieces, most, threads, notes -> {});
        return new Validation(likelihood.nats(), likelihood.toString());
    }

    @Override
    public CheckpointInfo info(ObjectNode provenance) {
        return new CheckpointInfo(PerformerFamily.ID, PerformerEncoding.STANDARD.toJson(), provenance);
    }

    /** Notes [pieces, steps, 4] on the model's grid: interval, MIDI pitch, velocity, duration. */
    @Override
    public ParityRows parity() {
        List<PerformedPiece> longest = validation.stream()
                .sorted(Comparator.comparingInt(EncodedPiece::notes).reversed())
                .limit(PARITY_PIECES)
                .map(piece -> PerformedPiece.of(corpus, piece, PerformerEncoding.STANDARD, Augmentation.NONE))
                .toList();
        int steps = longest.stream().mapToInt(PerformedPiece::notes).min().orElse(0);
        steps = Math.min(PARITY_STEPS, steps);
        float[] values = new float[longest.size() * steps * PerformerColumns.ATTRIBUTES];
        int next = 0;
        for (PerformedPiece piece : longest) {
            for (int note = 0; note < steps; note++) {
                values[next++] = piece.interval(note);
                values[next++] = piece.key(note) + PerformerEncoding.LOWEST_PITCH;
                values[next++] = piece.velocity(note);
                values[next++] = piece.duration(note);
            }
        }
        return new ParityRows(longest.size(), steps, PerformerColumns.ATTRIBUTES, values);
    }
}
