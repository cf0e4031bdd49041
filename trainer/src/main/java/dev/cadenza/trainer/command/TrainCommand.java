package dev.cadenza.trainer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.JarVersion;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.files.LockFile;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.family.FinalMeasures;
import dev.cadenza.trainer.family.ModelData;
import dev.cadenza.trainer.family.ModelFamily;
import dev.cadenza.trainer.family.Preset;
import dev.cadenza.trainer.family.PresetOptions;
import dev.cadenza.trainer.family.WrongUsageException;
import dev.cadenza.trainer.network.LstmLayers;
import dev.cadenza.trainer.network.SgemmCheck;
import dev.cadenza.trainer.training.RunFolder;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingLoop;
import dev.cadenza.trainer.training.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer train}. */
@Command(
        name = "train",
        description = "Trains a model into a run folder; an interrupted run continues with --resume.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final int MOST_REPLICAS = 256;
    private static final String DEFAULT_PRESET = "paper";
    private static final String PUBLISHED = "checkpoint.zip";

    /** The presets' names, for the help text. */
    static final class Presets implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelFamily.allPresets().iterator();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @Option(
            names = "--preset",
            completionCandidates = Presets.class,
            description =
                    "The model: ${COMPLETION-CANDIDATES} (default: as the run was begun, else " + DEFAULT_PRESET + ").")
    private @Nullable String preset;

    @Option(
            names = "--rolls",
            paramLabel = "FILE",
            description = "For the roll presets, instead of --data: piano rolls as .json or .json.gz.")
    private @Nullable Path rolls;

    @Option(
            names = "--step-ms",
            description =
                    "For the roll presets: length of a step (default: 250, an eighth note at 120 beats per minute;"
                            + " with --data 125).")
    private @Nullable Integer stepMillis;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run's folder.")
    private Path out = Path.of(".");

    @ArgGroup
    private @Nullable Length length;

    /** At most one of the two. */
    static final class Length {
        @Option(names = "--minutes", description = "Stop after this much training in all.")
        private @Nullable Double minutes;

        @Option(names = "--epochs", description = "Stop after this many passes (default: 200, as the source paper).")
        private @Nullable Integer epochs;
    }

    @Option(
            names = "--updates",
            description =
                    "Stop after this many updates, whatever else; the performer's learning rate falls until then.")
    private @Nullable Integer updates;

    @Option(
            names = "--from",
            paramLabel = "CHECKPOINT",
            description = "Begin with the parameters of this checkpoint, or of a version's folder that holds one.")
    private @Nullable Path from;

    @Option(names = "--seed", description = "Random seed of initial weights, order and dropout (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--resume", description = "Continue the run in --out from where it stopped.")
    private boolean resume;

    @Option(names = "--hidden", description = "LSTM units (default: the preset's).")
    private @Nullable Integer hidden;

    @Option(names = "--window", description = "Steps of a training window (default: the preset's).")
    private @Nullable Integer window;

    @Option(names = "--batch", description = "Windows per update (default: the preset's).")
    private @Nullable Integer batch;

    @Option(names = "--learning-rate", description = "Adam's learning rate (default: the preset's).")
    private @Nullable Double learningRate;

    @Option(
            names = "--keep",
            description = "Probability to keep an LSTM output in training, 1 = no dropout (default: the preset's).")
    private @Nullable Double keep;

    @Option(names = "--patience", description = "Validations without a lower loss until training stops (default: 40).")
    private @Nullable Integer patience;

    @Option(names = "--validate-every", description = "Updates between validations on the sample (default: 200).")
    private @Nullable Integer validateEvery;

    @Option(
            names = "--carry",
            description = "Train on a piece's windows in order and carry the state from one to the next,"
                    + " instead of shuffled windows.")
    private boolean carry;

    @Option(
            names = "--replicas",
            description = "Threads that share each batch (default: the machine's cores, or as the run was begun).")
    private @Nullable Integer replicas;

    @Option(
            names = "--lstm",
            description =
                    "Implementation of the LSTM: ${COMPLETION-CANDIDATES} (default: FUSED, or as the run was begun).")
    private @Nullable LstmLayers lstm;

    @Option(
            names = "--data-licence",
            paramLabel = "SPDX",
            description = "Licence of the data, for the model's card (default: MAESTRO's for MAESTRO, else unknown).")
    private @Nullable String dataLicence;

    @Option(names = "--json", description = "Print the outcome as one JSON object on standard output.")
    private boolean json;

    @Override
    @SuppressWarnings("try")
    public Integer call() throws IOException, CorpusFormatException, CheckpointFormatException {
        RunFolder run = new RunFolder(out);
        refuseWrongResume(run);
        JsonNode begun = run.begun() ? run.readConfig() : MissingNode.getInstance();
        Preset hyper = hyperparameters(begun);
        TrainingLimits limits = limits(begun, hyper.limits());
        TrainingLoop.Machine machine = machine(begun, hyper.carry());
        try (LockFile claimed = run.claim()) {
            refuseWrongResume(run);
            return train(run, begun, hyper, limits, machine);
        }
    }

    private int train(RunFolder run, JsonNode begun, Preset hyper, TrainingLimits limits, TrainingLoop.Machine machine)
            throws IOException, CorpusFormatException, CheckpointFormatException {
        PrintWriter err = spec.commandLine().getErr();
        SgemmCheck sgemm = SgemmCheck.run();
        err.println(sgemm.describe());
        sgemm.warning().ifPresent(warning -> err.println("warning: " + warning));
        err.flush();

        Preset.Opened opened = hyper.open(corpusOptions.source(rolls, err));
        ModelData data = opened.data();
        ObjectNode config = hyper.toJson();
        config.set("limits", limits.toJson());
        config.put("replicas", machine.replicas()).put("lstm", machine.lstm().name());
        config.put("corpus", data.name()).put("corpus_sha256", data.sha256());
        Checkpoint last = null;
        if (resume) {
            refuseOtherCorpus(begun, config);
            last = Files.exists(run.last()) ? Checkpoint.read(run.last()) : null;
        }
        String licence = dataLicence == null ? begun.path("data_licence").textValue() : dataLicence;
        if (licence != null) {
            config.put("data_licence", licence);
        }
        run.writeConfig(config);

        ObjectNode provenance = provenance(data.provenance(licence), hyper, sgemm);
        MultiLayerNetwork first = null;
        if (from != null) {
            Checkpoint parent = parent(from);
            first = parent.network();
            provenance.set("from", parent.info().provenance());
        } else if (last != null && last.info().provenance().has("from")) {
            provenance.set("from", last.info().provenance().get("from"));
        }
        TrainingLoop.Outcome outcome =
                train(run, opened.task(), hyper.seed(), limits, machine, provenance, last, first);
        String unit = opened.task().unit();
        if (report(outcome, unit)) {
            print(FinalMeasures.record(run, data), run, outcome, unit);
        }
        return ExitCode.OK;
    }

    /** What a checkpoint says of its making. */
    private static ObjectNode provenance(ObjectNode data, Preset hyper, SgemmCheck sgemm) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.set("data", data);
        node.set("preset", hyper.toJson());
        node.putObject("tools")
                .put("cadenza", JarVersion.cadenza())
                .put("java", System.getProperty("java.version"))
                .put("deeplearning4j", JarVersion.of("org.deeplearning4j/deeplearning4j-nn", "unknown"))
                .put("sgemm_gflops", Math.round(sgemm.gigaflops() * 10) / 10.0);
        return node;
    }

    /** Reads a checkpoint, or that in the folder of a published version. */
    private static Checkpoint parent(Path from) throws IOException, CheckpointFormatException {
        Path file = Files.isDirectory(from) ? from.resolve(PUBLISHED) : from;
        if (!Files.isRegularFile(file)) {
            throw new CheckpointFormatException(
                    "--from (" + from + "): no such checkpoint, and no folder with a " + PUBLISHED + " in it");
        }
        return Checkpoint.read(file);
    }

    /** Prints how training ended; returns whether it is over. */
    private boolean report(TrainingLoop.Outcome outcome, String unit) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "stopped (%s) after %,d updates, %,d %s, %.1f minutes: %,.0f %s/s%n",
                outcome.end().name().toLowerCase(Locale.ROOT),
                outcome.updates(),
                outcome.notes(),
                unit,
                outcome.seconds() / 60,
                outcome.notes() / outcome.seconds(),
                unit);
        boolean over = outcome.end() != TrainingLoop.End.STOPPED;
        if (!over) {
            err.println("continue with --resume");
        }
        err.flush();
        return over;
    }

    private void print(FinalMeasures measures, RunFolder run, TrainingLoop.Outcome outcome, String unit) {
        PrintWriter printer = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = measures.json();
            node.put("best", run.best().toString())
                    .put("updates", outcome.updates())
                    .put(unit + "_seen", outcome.notes())
                    .put("train_seconds", outcome.seconds())
                    .put(unit + "_per_s", outcome.notes() / outcome.seconds());
            printer.println(node.toPrettyString());
        } else {
            printer.println(measures.table());
            printer.println("best checkpoint: " + run.best());
        }
        printer.flush();
    }

    /** What was asked for; what was not, as the run was begun, else the defaults. */
    private TrainingLimits limits(JsonNode begun, TrainingLimits standard) {
        TrainingLimits base = begun.isMissingNode() ? standard : TrainingLimits.fromJson(begun.path("limits"));
        try {
            Double minutes = length == null ? null : length.minutes;
            Integer epochs = length == null ? null : length.epochs;
            return new TrainingLimits(
                    epochs != null ? epochs : minutes != null || updates != null ? Integer.MAX_VALUE : base.epochs(),
                    minutes != null ? minutes : epochs != null ? Double.POSITIVE_INFINITY : base.minutes(),
                    patience == null ? base.patience() : patience,
                    validateEvery == null ? base.validateEvery() : validateEvery,
                    updates == null ? base.updates() : updates);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private TrainingLoop.Machine machine(JsonNode begun, boolean carries) {
        int count = begun.path("replicas").asInt(Runtime.getRuntime().availableProcessors());
        int askedCount = replicas == null ? count : replicas;
        if (askedCount < 1 || askedCount > MOST_REPLICAS) {
            throw new ParameterException(
                    spec.commandLine(), "--replicas (" + askedCount + ") must be in 1.." + MOST_REPLICAS);
        }
        LstmLayers layers = LstmLayers.valueOf(begun.path("lstm").asText(LstmLayers.FUSED.name()));
        LstmLayers askedLayers = lstm == null ? layers : lstm;
        if (carries && askedLayers != LstmLayers.FUSED) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--carry needs --lstm FUSED: DL4J's own layer goes back from a zero state in each window");
        }
        return new TrainingLoop.Machine(askedLayers, askedCount);
    }

    private void refuseWrongResume(RunFolder run) {
        if (run.begun() && !resume) {
            throw new IllegalArgumentException(
                    run.path() + " holds a run already: continue it with --resume, or choose another --out");
        }
        if (resume && !run.begun()) {
            throw new IllegalArgumentException(run.path() + " holds no run to resume");
        }
        if (resume && from != null) {
            throw new ParameterException(spec.commandLine(), "--from begins a run: it cannot go with --resume");
        }
    }

    /** The preset that was asked for, as the options change it; of a run that goes on it must be the same. */
    private Preset hyperparameters(JsonNode begun) {
        boolean resumed = !begun.isMissingNode();
        String running = begun.path("preset").asText(DEFAULT_PRESET);
        String chosen = preset == null ? running : preset;
        ModelFamily family = ModelFamily.ofPreset(chosen)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--preset (" + chosen + ") must be one of " + String.join(", ", ModelFamily.allPresets())));
        if (resumed && !chosen.equals(running)) {
            throw new IllegalArgumentException("the run was begun with preset " + running + ", not " + chosen);
        }
        Preset base;
        Preset asked;
        try {
            base = resumed ? family.read(begun) : family.preset(chosen);
            asked = base.with(options());
        } catch (WrongUsageException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
        if (resumed && !asked.equals(base)) {
            throw new IllegalArgumentException(
                    "the run was begun with " + base + "; a resumed run cannot change to " + asked);
        }
        return asked;
    }

    private PresetOptions options() {
        Map<String, Object> given = new HashMap<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            given.put(option.longestName().substring(2), option.getValue());
        }
        return new PresetOptions(hidden, window, batch, learningRate, keep, carry, seed, updates, stepMillis, given);
    }

    private static void refuseOtherCorpus(JsonNode begun, ObjectNode config) {
        String begunOn = begun.path("corpus_sha256").asText();
        String now = config.path("corpus_sha256").asText();
        if (!begunOn.equals(now)) {
            throw new IllegalArgumentException("the run was begun on another corpus (sha256 " + begunOn + ", now " + now
                    + "): the data of a resumed run must be the same");
        }
    }

    private static TrainingLoop.Outcome train(
            RunFolder run,
            TrainingTask task,
            long seed,
            TrainingLimits limits,
            TrainingLoop.Machine machine,
            ObjectNode provenance,
            @Nullable Checkpoint last,
            @Nullable MultiLayerNetwork first)
            throws IOException {
        String lossName = task.loss().name();
        try (StopSignal stop = StopSignal.install();
                ProgressBar progress = limits.minutes() < Double.POSITIVE_INFINITY
                        ? ProgressBar.of("training", "seconds", Math.round(limits.minutes() * 60))
                        : ProgressBar.ofUnknownTotal("training", "batches")) {
            boolean timed = limits.minutes() < Double.POSITIVE_INFINITY;
            TrainingLoop.Listener listener = new TrainingLoop.Listener() {
                private long batchesDone;

                @Override
                public void update(int epoch, int batch, int batches, double trainLoss, double seconds) {
                    progress.update(
                            timed ? Math.round(seconds) : ++batchesDone,
                            String.format(
                                    Locale.ROOT,
                                    "epoch %d, batch %d/%d, %s %.5f",
                                    epoch,
                                    batch,
                                    batches,
                                    lossName,
                                    trainLoss));
                }

                @Override
                public void message(String line) {
                    progress.printLine(line);
                }
            };
            return new TrainingLoop(task, run, limits, machine, seed, provenance, listener, stop).train(last, first);
        }
    }
}
