package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.blas.SgemmCheck;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.roll.PerformedRolls;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import dev.cadenza.trainer.roll.RollLikelihood;
import dev.cadenza.trainer.roll.RollPreset;
import dev.cadenza.trainer.roll.RollTask;
import dev.cadenza.trainer.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What {@code train} does with a preset of piano rolls.
 *
 * @param performances the corpus that the rolls were made of; null for rolls from a file
 */
record RollTraining(
        RollPreset preset,
        RollCorpus corpus,
        int stepMillis,
        @Nullable EncodedCorpus performances) {
    private static final int STANDARD_UPDATES = 3200;
    private static final int FILE_STEP_MILLIS = 250;
    private static final int PERFORMED_STEP_MILLIS = 125;
    private static final int TICKS_PER_SECOND = 1000;

    /** What was asked for; null for what was not. */
    record Options(
            @Nullable Path rolls,
            @Nullable Integer stepMillis,
            @Nullable Integer hidden,
            @Nullable Integer window,
            @Nullable Integer batch,
            @Nullable Double learningRate,
            @Nullable Integer updates,
            @Nullable Double keep,
            @Nullable Long seed) {}

    /**
     * Reads the rolls and settles the preset.
     *
     * @param begun configuration of a run that goes on; missing for a new one
     * @throws ParameterException when an option is out of range, or rolls and performances are both named or neither is
     */
    static RollTraining of(
            String chosen, JsonNode begun, Options options, CorpusOptions performances, CommandLine command)
            throws IOException, CorpusFormatException {
        if ((options.rolls == null) == !performances.named()) {
            throw new ParameterException(command, "the preset " + chosen + " needs either --rolls or --data");
        }
        RollPreset preset;
        if (!begun.isMissingNode()
                && options.stepMillis != null
                && options.stepMillis != begun.path("step_ms").asInt()) {
            throw new IllegalArgumentException("the run was begun with steps of "
                    + begun.path("step_ms").asInt() + " ms, not " + options.stepMillis);
        }
        int step = options.stepMillis != null
                ? options.stepMillis
                : begun.path("step_ms").asInt(options.rolls == null ? PERFORMED_STEP_MILLIS : FILE_STEP_MILLIS);
        try {
            preset = preset(chosen, begun, options);
            new RollEncoding(preset.architecture().id(), step);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--" + e.getMessage(), e);
        }
        if (options.rolls != null) {
            RollCorpus corpus = RollCorpus.read(options.rolls);
            command.getErr()
                    .printf(
                            Locale.ROOT,
                            "%s: %,d steps to train on, %,d to validate, %,d to test%n",
                            corpus.name(),
                            corpus.steps(Split.TRAIN),
                            corpus.steps(Split.VALIDATION),
                            corpus.steps(Split.TEST));
            return new RollTraining(preset, corpus, step, null);
        }
        EncodedCorpus encoded = performances.encode(TICKS_PER_SECOND, command.getErr());
        encoded.requireTrainable();
        return new RollTraining(preset, PerformedRolls.of(encoded, step), step, encoded);
    }

    private static RollPreset preset(String chosen, JsonNode begun, Options options) {
        boolean resumed = !begun.isMissingNode();
        RollPreset base = resumed
                ? RollPreset.fromJson(begun)
                : RollPreset.standard(RollArchitecture.of(chosen.replaceFirst("^roll-", "")), STANDARD_UPDATES, 1);
        RollPreset asked = new RollPreset(
                base.architecture(),
                or(options.hidden, base.hidden()),
                base.units(),
                or(options.window, base.window()),
                or(options.batch, base.batch()),
                or(options.learningRate, base.learningRate()),
                or(options.updates, base.updates()),
                or(options.keep, base.keep()),
                base.transpose(),
                or(options.seed, base.seed()));
        if (resumed
                && (!asked.equals(base) || !chosen.equals(base.architecture().preset()))) {
            throw new IllegalArgumentException(
                    "resume: the run was begun with " + base + "; it cannot change to " + asked);
        }
        return asked;
    }

    private static <T> T or(@Nullable T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }

    RollTask task() {
        return new RollTask(preset, corpus, stepMillis);
    }

    /** What the run folder says of itself, without limits and machine. */
    ObjectNode config() {
        ObjectNode config = preset.toJson();
        return config.put("step_ms", stepMillis).put("corpus", corpus.name()).put("corpus_sha256", corpus.sha256());
    }

    ObjectNode provenance(@Nullable String licence, SgemmCheck sgemm) {
        if (performances != null) {
            ObjectNode node = Provenance.of(performances, licence, preset.toJson(), sgemm);
            ((ObjectNode) node.path("data"))
                    .put("step_ms", stepMillis)
                    .put("measured_steps", PerformedRolls.MEASURED_STEPS);
            return node;
        }
        ObjectNode node = new ObjectMapper().createObjectNode();
        ObjectNode data = node.putObject("data")
                .put("name", corpus.name())
                .put("sha256", corpus.sha256())
                .put("split", RollCorpus.FILE_SPLIT)
                .put("licence", licence == null ? "unknown" : licence);
        for (Split split : Split.values()) {
            data.put(split.label() + "_pieces", corpus.rolls(split).size());
            data.put(split.label() + "_steps", corpus.steps(split));
        }
        node.set("preset", preset.toJson());
        Provenance.tools(node, sgemm);
        return node;
    }

    /** Measures the best checkpoint on validation and test and writes the figures into it. */
    FinalMeasures measures(RunFolder run) throws IOException, CheckpointFormatException {
        Checkpoint best = Checkpoint.read(run.best());
        ObjectNode metrics = new ObjectMapper().createObjectNode();
        StringBuilder table = new StringBuilder();
        for (Split split : new Split[] {Split.VALIDATION, Split.TEST}) {
            if (corpus.rolls(split).isEmpty()) {
                continue;
            }
            RollLikelihood likelihood = RollLikelihood.measure(
                    best.network(),
                    preset.architecture(),
                    corpus.rolls(split),
                    Runtime.getRuntime().availableProcessors(),
                    steps -> {});
            metrics.set(split.label(), likelihood.toJson().put("split", split.label()));
            table.append(split.label()).append(": ").append(likelihood).append(System.lineSeparator());
        }
        new Checkpoint(best.network(), best.info().withMetrics(metrics), best.training(), best.parity())
                .write(run.best(), false);
        return new FinalMeasures(metrics.deepCopy(), table.toString());
    }
}
