package dev.cadenza.trainer;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.performer.Likelihood;
import dev.cadenza.trainer.performer.LikelihoodRun;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A performer's likelihood of one split, with progress. */
final class PerformerMeasures {
    private PerformerMeasures() {}

    /** @throws IllegalArgumentException when the split has no piece */
    static Likelihood likelihood(MultiLayerNetwork network, EncodedCorpus corpus, Split split) {
        if (corpus.pieces(split).isEmpty()) {
            throw new IllegalArgumentException("split (" + split.label() + ") has no piece in this corpus");
        }
        try (ProgressBar progress = ProgressBar.of("measuring " + split.label(), "notes", corpus.notes(split))) {
            return LikelihoodRun.measure(
                    network,
                    corpus,
                    corpus.pieces(split),
                    Integer.MAX_VALUE,
                    Runtime.getRuntime().availableProcessors(),
                    progress::update);
        }
    }

    static String table(Likelihood likelihood, Split split) {
        return String.format(
                Locale.ROOT,
                "%s: %,d notes%nNLL %s%n%.3f nats a token (a note over 4.05, a rule of thumb), %.1f nats a second%n",
                split.label(),
                likelihood.notes(),
                likelihood,
                likelihood.toJson().path("nats_per_token").asDouble(),
                likelihood.toJson().path("nats_per_second").asDouble());
    }
}
