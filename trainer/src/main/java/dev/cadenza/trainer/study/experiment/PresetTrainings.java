package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.family.Preset;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.paper.PaperTask;
import dev.cadenza.trainer.performer.LikelihoodRun;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.performer.PerformerTask;
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
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/** Trainings of one preset of performances, each of as many updates whatever the corpus. */
final class PresetTrainings {
    private static final int VALIDATIONS = 5;
    private static final long SEED = 1;
    private static final double PAPER_RATE = 1e-3;
    private static final int PERFORMER_BATCH = 16;

    private final ComparedPreset preset;
    private final StudyContext context;
    private final Preset hyper;
    private final int updates;
    private final Function<EncodedCorpus, TrainingTask> task;
    private final ToDoubleBiFunction<Checkpoint, EncodedCorpus> loss;

    private PresetTrainings(
            ComparedPreset preset,
            StudyContext context,
            Preset hyper,
            int updates,
            Function<EncodedCorpus, TrainingTask> task,
            ToDoubleBiFunction<Checkpoint, EncodedCorpus> loss) {
        this.preset = preset;
        this.context = context;
        this.hyper = hyper;
        this.updates = updates;
        this.task = task;
        this.loss = loss;
    }

    /** Those of a preset. */
    static PresetTrainings of(ComparedPreset preset, StudyContext context) {
        return switch (preset) {
            case PAPER -> paper(context);
            case PERFORMER -> performer(context);
        };
    }

    /** Without the source paper's dropout and at a rate that learns in the time there is. */
    private static PresetTrainings paper(StudyContext context) {
        PaperPreset base = PaperPreset.standard(SEED);
        PaperPreset hyper = new PaperPreset(
                base.hidden(),
                base.window(),
                base.batch(),
                PAPER_RATE,
                1,
                base.ticksPerSecond(),
                base.intervalClipTicks(),
                base.carry(),
                SEED);
        return new PresetTrainings(
                ComparedPreset.PAPER,
                context,
                hyper,
                context.plan().paperUpdates(),
                corpus -> new PaperTask(hyper, corpus),
                (model, held) -> new PaperTask(hyper, held)
                        .scores(model.network(), Split.VALIDATION)
                        .mse());
    }

    /** A small performer whose learning rate falls over the updates there are. */
    private static PresetTrainings performer(StudyContext context) {
        PerformerPreset base = PerformerPreset.standard(SEED);
        int updates = context.plan().performerUpdates();
        PerformerPreset hyper = new PerformerPreset(
                context.plan().performerHidden(),
                base.window(),
                PERFORMER_BATCH,
                base.learningRate(),
                base.warmUpdates(),
                updates,
                base.clip(),
                base.augment(),
                SEED);
        return new PresetTrainings(
                ComparedPreset.PERFORMER,
                context,
                hyper,
                updates,
                corpus -> new PerformerTask(hyper, corpus),
                (model, held) -> LikelihoodRun.measure(
                                model.network(),
                                held,
                                held.pieces(Split.VALIDATION),
                                ComparedPreset.LIKELIHOOD_NOTES,
                                Runtime.getRuntime().availableProcessors(),
                                notes -> {})
                        .nats());
    }

    /** The loss on a corpus' validation split: MSE in windows, or nats per note. */
    double loss(Checkpoint model, EncodedCorpus held) {
        return loss.applyAsDouble(model, held);
    }

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
        TrainingLimits limits = new TrainingLimits(
                Integer.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Integer.MAX_VALUE,
                Math.max(1, updates / VALIDATIONS),
                updates);
        Runs.Trained done = context.runs().train(preset.run(name), task.apply(corpus), hyper.toJson(), limits, SEED);
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
