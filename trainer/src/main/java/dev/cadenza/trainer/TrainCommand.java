package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.files.LockFile;
import dev.cadenza.trainer.blas.SgemmCheck;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.lstm.LstmLayers;
import dev.cadenza.trainer.run.RunFolder;
import dev.cadenza.trainer.training.Preset;
import dev.cadenza.trainer.training.TrainingLimits;
import dev.cadenza.trainer.training.TrainingLoop;
import dev.cadenza.trainer.training.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer train}. */
@Command(
        name = "train",
        description = "Trains a model into a run folder; an interrupted run goes on with --resume.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final int MOST_REPLICAS = 256;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @Option(
            names = "--preset",
            description = "Which model: paper, performer, roll-lstm, roll-tp-lstm-nade, roll-balstm"
                    + " (default: as the run was begun, else paper).")
    private @Nullable String preset;

    @Option(
            names = "--rolls",
            paramLabel = "FILE",
            description = "For the roll presets, in place of --data: piano rolls as .json or .json.gz.")
    private @Nullable Path rolls;

    @Option(
            names = "--step-ms",
            description =
                    "For the roll presets: how long a step is (default: 250, an eighth note at 120 beats a minute;"
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

        @Option(names = "--epochs", description = "Stop after this many passes (default: 200, the seed's).")
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

    @Option(names = "--seed", description = "Of initial weights, order and dropout (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--resume", description = "Go on where the run in --out stopped.")
    private boolean resume;

    @Option(names = "--hidden", description = "LSTM units (default: the preset's).")
    private @Nullable Integer hidden;

    @Option(names = "--window", description = "Steps of a training window (default: the preset's).")
    private @Nullable Integer window;

    @Option(names = "--batch", description = "Windows an update (default: the preset's).")
    private @Nullable Integer batch;

    @Option(names = "--learning-rate", description = "Of Adam (default: the preset's).")
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
            description = "What computes the LSTM: ${COMPLETION-CANDIDATES} (default: FUSED, or as the run was begun).")
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
        String chosen = preset == null ? begun.path("preset").asText() : preset;
        if (chosen.startsWith("roll-")) {
            try (LockFile claimed = run.claim()) {
                refuseWrongResume(run);
                return rolls(run, chosen, begun);
            }
        }
        if (rolls != null || stepMillis != null) {
            throw new ParameterException(
                    spec.commandLine(), "--rolls and --step-ms go with the roll presets, not with " + chosen);
        }
        Preset hyper = hyperparameters(begun);
        TrainingLimits limits = limits(run, hyper.limits());
        TrainingLoop.Machine machine = machine(run, hyper.carry());
        try (LockFile claimed = run.claim()) {
            refuseWrongResume(run);
            return notes(run, hyper, limits, machine);
        }
    }

    /** Trains a preset of notes. */
    private int notes(RunFolder run, Preset hyper, TrainingLimits limits, TrainingLoop.Machine machine)
            throws IOException, CorpusFormatException, CheckpointFormatException {
        PrintWriter err = spec.commandLine().getErr();
        SgemmCheck sgemm = SgemmCheck.run();
        err.println(sgemm.describe());
        sgemm.warning().ifPresent(warning -> err.println("warning: " + warning));
        err.flush();

        EncodedCorpus corpus = corpusOptions.encode(hyper.ticksPerSecond(), err);
        ObjectNode config = hyper.toJson();
        config.set("limits", limits.toJson());
        config.put("replicas", machine.replicas()).put("lstm", machine.lstm().name());
        config.put("corpus", corpus.corpus().name())
                .put("corpus_sha256", corpus.corpus().sha256());
        String licence = dataLicence;
        Checkpoint last = null;
        if (resume) {
            refuseOtherCorpus(run, config);
            if (licence == null) {
                licence = run.readConfig().path("data_licence").textValue();
            }
            if (Files.exists(run.last())) {
                last = Checkpoint.read(run.last());
            }
        }
        if (licence != null) {
            config.put("data_licence", licence);
        }
        run.writeConfig(config);

        ObjectNode provenance = Provenance.of(corpus, licence, hyper.toJson(), sgemm);
        MultiLayerNetwork first = null;
        if (from != null) {
            Checkpoint parent = FromCheckpoint.read(from);
            first = parent.network();
            provenance.set("from", parent.info().provenance());
        } else if (last != null && last.info().provenance().has("from")) {
            provenance.set("from", last.info().provenance().get("from"));
        }
        TrainingLoop.Outcome outcome =
                train(run, hyper.task(corpus), hyper.seed(), limits, machine, provenance, last, first);
        if (!tell(outcome, "notes")) {
            return ExitCode.OK;
        }
        print(FinalMeasures.record(run, corpus, hyper.window()), run, outcome, "notes");
        return ExitCode.OK;
    }

    /** The same for a preset of piano rolls. */
    private int rolls(RunFolder run, String chosen, JsonNode begun)
            throws IOException, CorpusFormatException, CheckpointFormatException {
        PrintWriter err = spec.commandLine().getErr();
        if (from != null || carry || lstm != null) {
            throw new ParameterException(
                    spec.commandLine(), "--from, --carry and --lstm do not go with the preset " + chosen);
        }
        RollTraining.Options options =
                new RollTraining.Options(rolls, stepMillis, hidden, window, batch, learningRate, updates, keep, seed);
        RollTraining training = RollTraining.of(chosen, begun, options, corpusOptions, spec.commandLine());
        TrainingLimits limits = limits(run, training.preset().limits());
        TrainingLoop.Machine machine = machine(run, false);
        SgemmCheck sgemm = SgemmCheck.run();
        err.println(sgemm.describe());
        ObjectNode config = training.config();
        config.set("limits", limits.toJson());
        config.put("replicas", machine.replicas()).put("lstm", machine.lstm().name());
        Checkpoint last = null;
        if (resume) {
            refuseOtherCorpus(run, config);
            last = Files.exists(run.last()) ? Checkpoint.read(run.last()) : null;
        }
        String licence = dataLicence == null ? begun.path("data_licence").textValue() : dataLicence;
        if (licence != null) {
            config.put("data_licence", licence);
        }
        run.writeConfig(config);
        TrainingLoop.Outcome outcome = train(
                run,
                training.task(),
                training.preset().seed(),
                limits,
                machine,
                training.provenance(licence, sgemm),
                last,
                null);
        if (!tell(outcome, "steps")) {
            return ExitCode.OK;
        }
        print(training.measures(run), run, outcome, "steps");
        return ExitCode.OK;
    }

    /** Returns whether training is over. */
    private boolean tell(TrainingLoop.Outcome outcome, String unit) {
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
            err.println("go on with --resume");
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
    private TrainingLimits limits(RunFolder run, TrainingLimits standard) throws IOException {
        TrainingLimits base =
                resume && run.begun() ? TrainingLimits.fromJson(run.readConfig().path("limits")) : standard;
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

    private TrainingLoop.Machine machine(RunFolder run, boolean carries) throws IOException {
        JsonNode begun = resume && run.begun() ? run.readConfig() : MissingNode.getInstance();
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
                    run.path() + " holds a run already: --resume goes on with it, or choose another --out");
        }
        if (resume && !run.begun()) {
            throw new IllegalArgumentException(run.path() + " holds no run to resume");
        }
        if (resume && from != null) {
            throw new ParameterException(spec.commandLine(), "--from begins a run: it cannot go with --resume");
        }
    }

    private Preset hyperparameters(JsonNode begun) {
        PresetOptions options = new PresetOptions(hidden, window, batch, learningRate, keep, carry, seed, updates);
        try {
            return options.preset(preset, begun);
        } catch (PresetOptions.WrongOptionException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private static void refuseOtherCorpus(RunFolder run, ObjectNode config) throws IOException {
        String begunOn = run.readConfig().path("corpus_sha256").asText();
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
