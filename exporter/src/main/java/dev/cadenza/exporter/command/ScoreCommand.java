package dev.cadenza.exporter.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.exporter.publish.CheckpointModel;
import dev.cadenza.exporter.publish.PublishedModel;
import dev.cadenza.exporter.score.FileScore;
import dev.cadenza.generation.steering.Guards;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.command.CorpusOptions;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exporter score}. */
@Command(
        name = "score",
        description = "Measures a performer by its graph: likelihood of a split, and optionally its continuations"
                + " of held-out openings.",
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CorpusOptions corpusOptions = new CorpusOptions();

    @ArgGroup(multiplicity = "1")
    private NamedModel what = new NamedModel();

    @Option(
            names = "--split",
            defaultValue = "validation",
            description = "train, validation or test (default: ${DEFAULT-VALUE}).")
    private String split = "validation";

    @Option(
            names = "--continuations",
            defaultValue = "0",
            description = "Continue this number of openings of the split, play as many pieces from silence, and"
                    + " measure both compared with people (default: none).")
    private int continuations;

    @Option(
            names = "--seed",
            defaultValue = "0",
            description = "Of the first continuation and the first piece from silence (default: 0).")
    private long seed;

    @Option(names = "--temperature", description = "0..2 (default: 1; 0.95 for a performer from silence).")
    private @Nullable Double temperature;

    @Option(names = "--top-p", defaultValue = "1", description = "Of what is played (default: 1).")
    private double topP = 1;

    @Option(names = "--min-p", defaultValue = "0", description = "Of what is played (default: 0).")
    private double minP;

    @Option(names = "--no-guards", description = "Play with all guards off.")
    private boolean noGuards;

    @Option(names = "--no-likelihood", description = "Do not score: measure only what is played.")
    private boolean noLikelihood;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call()
            throws IOException, CorpusFormatException, ModelRefusedException, DeviceUnavailableException,
                    CheckpointFormatException, UntranslatableNetworkException, ExportRefusedException {
        Split measured = split();
        Path checkpointFile = what.checkpoint();
        if (checkpointFile != null) {
            try (CheckpointModel checkpoint = CheckpointModel.open(checkpointFile)) {
                requirePerformer("--checkpoint: " + checkpointFile, checkpoint.model());
                return measure(checkpointFile.toString(), checkpoint.model(), measured);
            }
        }
        try (PublishedModel published =
                PublishedModel.open(NamedModel.version(Objects.requireNonNull(what.model()), spec.commandLine()))) {
            requirePerformer("--model: " + published.id(), published.model());
            return measure(published.id().toString(), published.model(), measured);
        }
    }

    private void requirePerformer(String what, Player model) {
        if (model.description().shape().classes().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    what + " is of kind " + model.description().kind() + "; use trainer evaluate for that kind");
        }
    }

    private int measure(String name, Player playing, Split measured) throws IOException, CorpusFormatException {
        EncodedCorpus corpus = corpusOptions.encode(
                FileScore.CORPUS_TICKS_PER_SECOND, spec.commandLine().getErr());
        FileScore score = FileScore.measure(
                playing,
                corpus,
                new FileScore.Plan(
                        measured,
                        !noLikelihood,
                        continuations,
                        seed,
                        temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature),
                        steering()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode();
            node.put("model", name).put("split", measured.label());
            node.setAll(score.toJson());
            out.println(node.toPrettyString());
        } else {
            out.println(name + ", " + measured.label());
            out.print(score.toText());
        }
        out.flush();
        return ExitCode.OK;
    }

    private Split split() {
        try {
            return Split.of(split);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private Steering steering() {
        try {
            return Steering.NONE.withTopP(topP).withMinP(minP).withGuards(noGuards ? Guards.OFF : Guards.ON);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }
}
