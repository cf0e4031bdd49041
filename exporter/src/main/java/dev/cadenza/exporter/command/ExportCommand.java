package dev.cadenza.exporter.command;

import dev.cadenza.console.ExitCode;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.exporter.publish.Export;
import dev.cadenza.exporter.publish.ExportReport;
import dev.cadenza.exporter.publish.Kinds;
import dev.cadenza.exporter.score.FileScore;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.command.CorpusOptions;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exporter export}. */
@Command(
        name = "export",
        description =
                "Writes a checkpoint as the next version of a model: ONNX graph, proof, golden piece, card, manifest.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final int CONTINUATIONS = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "The checkpoint's zip.")
    private Path checkpoint = Path.of(".");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The model's name: lower case letters, digits, '.', '_' and '-'.")
    private String name = "";

    @Option(
            names = "--models",
            defaultValue = "models",
            paramLabel = "DIR",
            description = "The models folder (default: ${DEFAULT-VALUE}).")
    private Path models = Path.of("models");

    @Option(
            names = "--weights",
            defaultValue = "fp32",
            paramLabel = "FORMAT",
            description = {
                "How the file holds a performer's weights: fp32, fp16 or int8 (default: ${DEFAULT-VALUE}).",
                "Rounded ones are published as NAME-fp16 and NAME-int8."
            })
    private String weights = "fp32";

    @Option(
            names = "--with-checkpoint",
            description = "Publish checkpoint.zip too, so that others can continue training from it.")
    private boolean withCheckpoint;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description =
                    "Measure a performer's file on this corpus, for manifest and card: likelihood of the validation"
                            + " split, which must not be more than 1 %% worse than the checkpoint's, and 100 continuations.")
    private @Nullable Path data;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where encoded corpora are kept (default: cadenza in the user's cache folder).")
    private @Nullable Path cache;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call()
            throws IOException, CheckpointFormatException, UntranslatableNetworkException, ExportRefusedException,
                    ModelRefusedException, CorpusFormatException {
        if (!VersionId.isName(name)) {
            throw new ParameterException(spec.commandLine(), "--name (" + name + ") cannot be a model's name");
        }
        WeightFormat format = WeightFormat.of(weights)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--weights (" + weights + ") must be one of fp32, fp16, int8"));
        Checkpoint read = Checkpoint.read(checkpoint);
        if (read.info().metrics().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "warning: the checkpoint holds no measures (is its training finished?); the card will have none");
            err.flush();
        }
        EncodedCorpus corpus = corpus();
        ExportReport report = new Export(new ModelRepository(models), Clock.systemUTC())
                .export(
                        published(format),
                        Kinds.of(read.info()).provable(read, corpus),
                        new Export.Options(format, withCheckpoint, measures(corpus)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.toJson().toPrettyString() : report.toText());
        out.flush();
        return ExitCode.OK;
    }

    private @Nullable EncodedCorpus corpus() throws IOException, CorpusFormatException {
        return data == null
                ? null
                : CorpusOptions.of(data, cache)
                        .encode(
                                FileScore.CORPUS_TICKS_PER_SECOND,
                                spec.commandLine().getErr());
    }

    private static Export.@Nullable FileMeasures measures(@Nullable EncodedCorpus corpus) {
        return corpus == null
                ? null
                : model -> FileScore.measure(model, corpus, FileScore.Plan.ofValidation(CONTINUATIONS))
                        .summary();
    }

    private String published(WeightFormat format) {
        String suffix = "-" + format.id();
        return format == WeightFormat.FP32 || name.endsWith(suffix) ? name : name + suffix;
    }
}
