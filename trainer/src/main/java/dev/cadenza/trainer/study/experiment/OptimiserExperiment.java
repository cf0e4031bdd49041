package dev.cadenza.trainer.study.experiment;

import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.paper.PaperTask;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.Cell;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.Runs;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.OptimiserGrid;
import dev.cadenza.trainer.study.result.OptimiserResult;
import dev.cadenza.trainer.study.result.OptimiserRule;
import dev.cadenza.trainer.training.MetricsFile;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Part 2: rules of updating, the learning rate of each chosen on validation from one grid. */
public final class OptimiserExperiment implements Experiment {
    private static final int HELD_PIECES = 3;
    private static final int VALIDATIONS = 4;
    private static final double MOMENTUM = 0.9;
    private static final double EPSILON = 1e-2;

    private static IUpdater updater(OptimiserRule rule, double rate) {
        return switch (rule) {
            case ADAM -> new Adam(rate);
            case SGD -> new Sgd(rate);
            case NESTEROV -> new Nesterovs(rate, MOMENTUM);
            case RMSPROP -> new RmsProp(rate);
            case ADAGRAD -> new AdaGrad(rate);
            case ADADELTA -> new AdaDelta(AdaDelta.DEFAULT_ADADELTA_RHO, rate * EPSILON);
            case NADAM -> new Nadam(rate);
            case AMSGRAD -> new AMSGrad(rate);
        };
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus corpus =
                Performances.part(context.data().performances(), context.plan().optimiserShare(), HELD_PIECES);
        OptimiserGrid results = new OptimiserGrid(context.cells(), context.plan());
        Attempts grid = new Attempts(context);
        for (OptimiserRule rule : OptimiserRule.values()) {
            for (double rate : context.plan().optimiserRates()) {
                grid.add(() -> cell(context, corpus, rule, rate, results.firstSeed()));
            }
        }
        // The rate is chosen once all are there.
        grid.end();
        Attempts attempts = new Attempts(context);
        for (OptimiserRule rule : OptimiserRule.values()) {
            Optional<Double> rate = results.chosenRate(rule);
            if (rate.isEmpty()) {
                context.log().accept(rule.title() + " diverged at every rate");
                continue;
            }
            for (long seed : context.plan().optimiserSeeds()) {
                attempts.add(() -> cell(context, corpus, rule, rate.get(), seed));
            }
        }
        attempts.end();
    }

    private static void cell(StudyContext context, EncodedCorpus corpus, OptimiserRule rule, double rate, long seed)
            throws IOException {
        Cell<OptimiserResult> cell = OptimiserResult.cell(rule, rate, seed);
        cell.of(context.cells(), () -> train(context, corpus, rule, rate, seed, cell.key()));
    }

    private static OptimiserResult train(
            StudyContext context, EncodedCorpus corpus, OptimiserRule rule, double rate, long seed, String key)
            throws IOException {
        PaperPreset base = PaperPreset.standard(seed);
        PaperTask task = new PaperTask(base, corpus, updater(rule, rate));
        int updates = context.plan().optimiserUpdates();
        TrainingLimits limits = new TrainingLimits(
                Integer.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Integer.MAX_VALUE,
                Math.max(1, updates / VALIDATIONS),
                updates);
        long notes = corpus.notes(Split.TRAIN);
        try {
            Runs.Trained trained = context.runs()
                    .train(key.replace('/', '-'), task, base.toJson().put("rule", rule.title()), limits, seed);
            Checkpoint last = Checkpoint.read(trained.run().last());
            PaperTask.Scores scores = task.scores(last.network(), Split.VALIDATION);
            List<MetricsFile.Row> curve = MetricsFile.read(trained.run().metrics(), "validation");
            return new OptimiserResult(
                    rule.title(),
                    rate,
                    seed,
                    notes,
                    updates,
                    scores.mse(),
                    scores.snrDecibels(),
                    trained.outcome().bestValidation(),
                    context.runs().replicas(),
                    trained.outcome().seconds(),
                    curve.stream().map(MetricsFile.Row::update).toList(),
                    curve.stream().map(MetricsFile.Row::validationLoss).toList(),
                    null);
        } catch (CheckpointFormatException e) {
            throw new IOException(e.getMessage(), e);
        } catch (ArithmeticException e) {
            String how = String.valueOf(e.getMessage()).replaceFirst(";.*", "");
            return new OptimiserResult(
                    rule.title(), rate, seed, notes, updates, null, null, null, null, null, List.of(), List.of(), how);
        }
    }
}
