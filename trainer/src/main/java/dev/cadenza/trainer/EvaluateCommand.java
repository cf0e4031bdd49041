package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperMeasures;
import dev.cadenza.trainer.performer.Likelihood;
import dev.cadenza.trainer.performer.PerformerPreset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer evaluate}. */
@Command(
        name = "evaluate",
        description = "Measures a checkpoint on a split, beside the trivial predictors.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final int DEFAULT_WINDOW = 50;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "The checkpoint's zip.")
    private Path checkpoint = Path.of(".");

    @Option(
            names = "--split",
            defaultValue = "validation",
            description = "train, validation or test (default: ${DEFAULT-VALUE}).")
    private String split = "validation";

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    private Split measured() {
        try {
            return Split.of(split);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    @Override
    public Integer call() throws IOException, CorpusFormatException, CheckpointFormatException {
        Split measured = measured();
        Checkpoint read = Checkpoint.read(checkpoint);
        JsonNode window = read.info().provenance().path("preset").path("window");
        int ticksPerSecond = read.info().kind().equals(CheckpointInfo.PERFORMER)
                ? PerformerPreset.CORPUS_TICKS_PER_SECOND
                : read.info().paperEncoding().ticksPerSecond();
        EncodedCorpus corpus =
                corpusOptions.encode(ticksPerSecond, spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        if (read.info().kind().equals(CheckpointInfo.PERFORMER)) {
            Likelihood likelihood = PerformerMeasures.likelihood(read.network(), corpus, measured);
            out.println(
                    json
                            ? likelihood.toJson().put("split", measured.label()).toPrettyString()
                            : PerformerMeasures.table(likelihood, measured));
            out.flush();
            return ExitCode.OK;
        }
        PaperMeasures measures;
        try (ProgressBar progress =
                ProgressBar.of("measuring " + measured.label(), "notes", 2 * corpus.notes(measured))) {
            measures = PaperMeasures.measure(
                    read.network(),
                    read.info().paperEncoding(),
                    window.asInt(DEFAULT_WINDOW),
                    corpus,
                    measured,
                    progress::update);
        }
        out.println(json ? measures.toJson().toPrettyString() : measures.toTable());
        out.flush();
        return ExitCode.OK;
    }
}
