package dev.cadenza.trainer.study.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.study.Runs;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.ComparedPreset;
import dev.cadenza.trainer.study.result.PresetResult;
import dev.cadenza.trainer.training.MetricsFile;
import dev.cadenza.trainer.training.RunFolder;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingTask;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Trainings of one preset of performances, each of as many updates whatever the corpus. */
abstract class PresetTrainings {
    private static final int VALIDATIONS = 5;
    private static final long SEED = 1;

    private final ComparedPreset preset;
    private final StudyContext context;

    PresetTrainings(ComparedPreset preset, StudyContext context) {
        this.preset = preset;
        this.context = context;
    }

    /** Those of a preset. */
    static PresetTrainings of(ComparedPreset preset, StudyContext context) {
        return switch (preset) {
            case PAPER -> new PaperTrainings(context);
            case PERFORMER -> new PerformerTrainings(context);
        };
    }

    abstract TrainingTask task(EncodedCorpus corpus, long seed);

    /** What checkpoints say of their making. */
    abstract ObjectNode provenance(long seed);

    abstract int updates();

    /** The loss on a corpus' validation split: MSE in windows, or nats per note. */
    abstract double loss(Checkpoint model, EncodedCorpus held);

    /**
     * Trains once and keeps the curve.
     *
     * @param name what is peculiar to it
     */
    void train(String name, EncodedCorpus corpus) throws IOException {
        preset.cell(name).of(context.cells(), () -> compute(name, corpus));
    }

    /** The training on everything, made when it is not there: several parts compare with it. */
    void trainOnEverything() throws IOException, CorpusFormatException {
        train(
                ComparedPreset.EVERYTHING,
                Performances.part(
                        context.data().performances(), 1, context.plan().validationPieces()));
    }

    private PresetResult compute(String name, EncodedCorpus corpus) throws IOException {
        int updates = updates();
        TrainingLimits limits = new TrainingLimits(
                Integer.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Integer.MAX_VALUE,
                Math.max(1, updates / VALIDATIONS),
                updates);
        Runs.Trained done = context.runs().train(preset.run(name), task(corpus, SEED), provenance(SEED), limits, SEED);
        List<MetricsFile.Row> curve = MetricsFile.read(done.run().metrics(), "validation");
        context.log()
                .accept(String.format(
                        Locale.ROOT,
                        "%s %s: %.5f",
                        preset.id(),
                        name,
                        done.outcome().bestValidation()));
        return new PresetResult(
                preset.id(),
                name,
                SEED,
                corpus.pieces(Split.TRAIN).size(),
                corpus.notes(Split.TRAIN),
                done.outcome().bestValidation(),
                done.outcome().updates(),
                done.outcome().notes(),
                done.outcome().seconds(),
                context.runs().replicas(),
                done.best().network().numParams(),
                curve.stream().map(MetricsFile.Row::update).toList(),
                curve.stream().map(MetricsFile.Row::epoch).toList(),
                curve.stream().map(MetricsFile.Row::validationLoss).toList());
    }

    /** The best checkpoint of a training that is done. */
    Checkpoint best(String name) throws IOException {
        RunFolder run = new RunFolder(context.runs().folder().resolve(preset.run(name)));
        try {
            return Checkpoint.read(run.best());
        } catch (CheckpointFormatException e) {
            throw new IOException(
                    e.getMessage() + "; remove the cell " + preset.cell(name).key() + " to train it again", e);
        }
    }
}
