package dev.cadenza.trainer.performer;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.family.PerformanceData;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Performances as notes of four attributes. */
final class PerformerData extends PerformanceData {
    private final EncodedCorpus corpus;

    PerformerData(EncodedCorpus corpus) {
        super(corpus);
        this.corpus = corpus;
    }

    @Override
    public Measures measure(MultiLayerNetwork network, CheckpointInfo info, Split split) {
        Likelihood likelihood;
        try (ProgressBar progress = ProgressBar.of("measuring " + split.label(), "notes", corpus.notes(split))) {
            likelihood = LikelihoodRun.measure(
                    network,
                    corpus,
                    corpus.pieces(split),
                    Integer.MAX_VALUE,
                    Runtime.getRuntime().availableProcessors(),
                    progress::update);
        }
        return new Measures(likelihood.toJson().put("split", split.label()), table(likelihood, split), info);
    }

    private static String table(Likelihood likelihood, Split split) {
        return String.format(
                Locale.ROOT,
                "%s: %,d notes%nNLL %s%n"
                        + "%.3f nats per token (a note's nats over 4.05, a rule of thumb), %.1f nats per second%n",
                split.label(),
                likelihood.notes(),
                likelihood,
                likelihood.toJson().path("nats_per_token").asDouble(),
                likelihood.toJson().path("nats_per_second").asDouble());
    }
}
