package dev.cadenza.trainer.roll;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.family.DataSource;
import dev.cadenza.trainer.family.ModelData;
import dev.cadenza.trainer.family.PerformanceData;
import java.io.IOException;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Piano rolls of a file or of performances.
 *
 * @param rolled whether the rolls are those of the performances
 * @param performances null when there are none
 */
record RollData(
        RollCorpus corpus,
        RollArchitecture architecture,
        int stepMillis,
        boolean rolled,
        @Nullable EncodedCorpus performances)
        implements ModelData {
    private static final int TICKS_PER_SECOND = 1000;

    /** Rolls of {@code --rolls}, else of the performances; these are read when they are named or needed. */
    static RollData open(RollArchitecture architecture, int stepMillis, DataSource source)
            throws IOException, CorpusFormatException {
        if (source.rolls() == null) {
            EncodedCorpus performances = source.performances().encode(TICKS_PER_SECOND);
            RollCorpus rolls = PerformedRolls.of(performances, stepMillis);
            return new RollData(rolls, architecture, stepMillis, true, performances);
        }
        RollCorpus rolls = RollCorpus.read(source.rolls());
        source.log()
                .printf(
                        Locale.ROOT,
                        "%s: %,d steps to train on, %,d to validate, %,d to test%n",
                        rolls.name(),
                        rolls.steps(Split.TRAIN),
                        rolls.steps(Split.VALIDATION),
                        rolls.steps(Split.TEST));
        source.log().flush();
        EncodedCorpus performances = source.named() ? source.performances().encode(TICKS_PER_SECOND) : null;
        return new RollData(rolls, architecture, stepMillis, false, performances);
    }

    @Override
    public String name() {
        return corpus.name();
    }

    @Override
    public String sha256() {
        return corpus.sha256();
    }

    @Override
    public ObjectNode provenance(@Nullable String licence) {
        if (rolled && performances != null) {
            return PerformanceData.provenance(performances, licence)
                    .put("step_ms", stepMillis)
                    .put("measured_steps", PerformedRolls.MEASURED_STEPS);
        }
        ObjectNode data = new ObjectMapper()
                .createObjectNode()
                .put("name", corpus.name())
                .put("sha256", corpus.sha256())
                .put("split", RollCorpus.FILE_SPLIT)
                .put("licence", licence == null ? "unknown" : licence);
        for (Split split : Split.values()) {
            data.put(split.label() + "_pieces", corpus.rolls(split).size());
            data.put(split.label() + "_steps", corpus.steps(split));
        }
        return data;
    }

    @Override
    public boolean isEmpty(Split split) {
        return corpus.rolls(split).isEmpty();
    }

    @Override
    public Measures measure(MultiLayerNetwork network, CheckpointInfo info, Split split) {
        try (ProgressBar progress = ProgressBar.of("measuring " + split.label(), "steps", corpus.steps(split))) {
            RollLikelihood likelihood = RollLikelihood.measure(
                    network,
                    architecture,
                    corpus.rolls(split),
                    Runtime.getRuntime().availableProcessors(),
                    progress::update);
            return new Measures(
                    likelihood.toJson().put("split", split.label()), split.label() + ": " + likelihood, info);
        }
    }
}
