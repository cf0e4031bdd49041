package dev.cadenza.trainer.study.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollBaselines;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.roll.RollLikelihood;
import dev.cadenza.trainer.roll.RollPreset;
import dev.cadenza.trainer.roll.RollTask;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.Runs;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.StudyPlan;
import dev.cadenza.trainer.study.result.BaselineResult;
import dev.cadenza.trainer.study.result.RollResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Part 4: piano-roll models by the likelihood of held-out steps. */
public final class LikelihoodExperiment implements Experiment {
    /** The longest trainings first. */
    private static final List<RollArchitecture> TIED_FIRST =
            List.of(RollArchitecture.BALSTM, RollArchitecture.TP_LSTM_NADE, RollArchitecture.LSTM);

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        List<RollCorpus> corpora = new ArrayList<>(context.data().rolls());
        // The corpus of the source paper's figure first.
        corpora.sort((a, b) -> Boolean.compare(
                b.name().equals(StudyPlan.SOURCE_CORPUS), a.name().equals(StudyPlan.SOURCE_CORPUS)));
        Attempts attempts = new Attempts(context);
        for (RollCorpus corpus : corpora) {
            attempts.add(() -> baselines(context, corpus));
        }
        for (long seed : context.plan().rollSeeds()) {
            for (RollCorpus corpus : corpora) {
                for (RollArchitecture architecture : TIED_FIRST) {
                    attempts.add(() -> RollResult.cell(corpus.name(), architecture, seed)
                            .of(context.cells(), () -> train(context, corpus, architecture, seed)));
                }
            }
        }
        attempts.end();
    }

    /** Baselines of every corpus, and a sample of every model that is there. */
    @Override
    public void complete(StudyContext context) throws IOException, CorpusFormatException {
        for (RollCorpus corpus : context.data().rolls()) {
            baselines(context, corpus);
        }
        long seed = context.plan().rollSeeds().get(0);
        for (RollCorpus corpus : context.data().rolls()) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                RollSampling.sample(context, corpus.name(), architecture, seed);
            }
        }
    }

    private static void baselines(StudyContext context, RollCorpus corpus) throws IOException {
        BaselineResult.cell(corpus.name())
                .of(
                        context.cells(),
                        () -> new BaselineResult(
                                RollBaselines.random(),
                                RollBaselines.bernoulli(corpus.rolls(Split.TRAIN), corpus.rolls(Split.TEST)),
                                RollBaselines.markov(corpus.rolls(Split.TRAIN), corpus.rolls(Split.TEST)),
                                corpus.steps(Split.TRAIN),
                                corpus.steps(Split.TEST)));
    }

    private static RollResult train(StudyContext context, RollCorpus corpus, RollArchitecture architecture, long seed)
            throws IOException {
        RollPreset preset = RollPreset.standard(
                        architecture, context.plan().rollUpdates(architecture, corpus.name()), seed)
                .withKeep(context.plan().rollKeep(architecture, corpus.name()));
        RollTask task = new RollTask(preset, corpus, stepMillis(corpus.name()));
        Runs.Trained trained = context.runs()
                .train(
                        RollResult.run(corpus.name(), architecture, seed),
                        task,
                        provenance(corpus, preset),
                        preset.limits(),
                        seed);
        RollLikelihood valid = measured(context, trained, architecture, corpus.rolls(Split.VALIDATION));
        RollLikelihood test = measured(context, trained, architecture, corpus.rolls(Split.TEST));
        context.log()
                .accept(String.format(
                        Locale.ROOT,
                        "%s, %s, seed %d: valid %.3f, test %.3f",
                        corpus.name(),
                        architecture.title(),
                        seed,
                        valid.perStep(),
                        test.perStep()));
        return new RollResult(
                corpus.name(),
                corpus.sha256(),
                architecture.id(),
                seed,
                valid.perStep(),
                test.perStep(),
                test.steps(),
                trained.outcome().seconds(),
                context.runs().replicas(),
                trained.outcome().updates(),
                trained.outcome().notes(),
                trained.best().network().numParams(),
                preset.toJson());
    }

    /** How long a step of a known corpus is played: an eighth note, but a quarter in the chorales. */
    private static int stepMillis(String corpus) {
        return corpus.equals("jsb_chorales") ? 2 * RollEncoding.EIGHTH_MILLIS : RollEncoding.EIGHTH_MILLIS;
    }

    private static ObjectNode provenance(RollCorpus corpus, RollPreset preset) {
        ObjectNode provenance = new ObjectMapper().createObjectNode();
        provenance
                .putObject("data")
                .put("name", corpus.name())
                .put("sha256", corpus.sha256())
                .put("split", RollCorpus.FILE_SPLIT)
                .put("licence", "unknown");
        provenance.set("preset", preset.toJson());
        return provenance;
    }

    private static RollLikelihood measured(
            StudyContext context, Runs.Trained trained, RollArchitecture architecture, List<PianoRoll> rolls) {
        List<PianoRoll> first = new ArrayList<>();
        long steps = 0;
        for (int i = 0; i < rolls.size() && steps < context.plan().rollSteps(); i++) {
            first.add(rolls.get(i));
            steps += rolls.get(i).steps();
        }
        int threads = Runtime.getRuntime().availableProcessors();
        return RollLikelihood.measure(trained.best().network(), architecture, first, threads, done -> {});
    }
}
