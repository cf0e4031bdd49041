package dev.cadenza.exporter.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.exporter.bench.StepBench;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.publish.Kinds;
import dev.cadenza.exporter.publish.VersionFolder;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exporter bench}. */
@Command(
        name = "bench",
        description = "Measures, in turns on this machine, what a step of a published version costs with ONNX"
                + " Runtime, with DL4J, and when a window of notes is run again for each.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", required = true, paramLabel = "FOLDER", description = "Such as models/x/1.")
    private Path model = Path.of(".");

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "What it was exported from (default: checkpoint.zip in its folder).")
    private @Nullable Path checkpoint;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Rounds of measurement; the figures are their medians (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call()
            throws IOException, CheckpointFormatException, ExportRefusedException, ModelRefusedException,
                    DeviceUnavailableException {
        if (rounds < 1 || rounds > 1000) {
            throw new ParameterException(spec.commandLine(), "--rounds (" + rounds + ") must be 1..1000");
        }
        VersionFolder folder = NamedModel.version(model, spec.commandLine());
        try (LoadedVersion version = LoadedVersion.load(folder.models().verify(folder.id()), DeviceChoice.CPU);
                ProgressBar progress = ProgressBar.of("measuring", "rounds", rounds + 1)) {
            Checkpoint read = Checkpoint.read(checkpoint == null ? model.resolve("checkpoint.zip") : checkpoint);
            Map<String, Double> figures = new StepBench(version.model(), Kinds.of(read.info()), read.network())
                    .run(rounds, round -> progress.update(round + 1L, ""));
            print(folder.id().toString(), figures);
        }
        return ExitCode.OK;
    }

    private void print(String id, Map<String, Double> figures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node =
                    JsonNodeFactory.instance.objectNode().put("model", id).put("rounds", rounds);
            figures.forEach((name, value) -> node.put(name, Math.round(value * 1000) / 1000.0));
            out.println(node.toPrettyString());
        } else {
            out.printf(Locale.ROOT, "%s, medians of %d rounds%n", id, rounds);
            figures.forEach((name, value) ->
                    out.printf(Locale.ROOT, "%-34s %,12.2f  %s%n", name, value, StepBench.meaning(name)));
        }
        out.flush();
    }
}
