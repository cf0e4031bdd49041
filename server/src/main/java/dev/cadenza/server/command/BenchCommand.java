package dev.cadenza.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.server.bench.ServingBench;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.request.ModelReference;
import dev.cadenza.server.serving.ModelLease;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code server bench}. */
@Command(
        name = "bench",
        description = "Measures, side by side on this machine, what serving costs compared with the bare model.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        usageHelpAutoWidth = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ModelFlags models = new ModelFlags();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model to measure. Default: the server's default model.")
    private @Nullable String model;

    @Option(names = "--notes", defaultValue = "200", description = "Notes of each piece (default: ${DEFAULT-VALUE}).")
    private int notes;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Rounds of measurement; the figures are their medians (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws StartException {
        ServingBench.Size size;
        try {
            size = new ServingBench.Size(notes, rounds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
        try (LoadedVersion version = models.load(chosen());
                ProgressBar progress = ProgressBar.of("measuring", "rounds", rounds + 1)) {
            Map<String, Double> figures =
                    ServingBench.run(version, models.folder(), size, round -> progress.update(round + 1L, ""));
            print(version.id().toString(), figures);
        } catch (IOException e) {
            throw new StartException("the bench failed: " + e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private VersionId chosen() throws StartException {
        try (LiveCatalog catalog = models.open(CatalogSettings.once(model));
                ModelLease lease = catalog.lease(ModelReference.DEFAULT, OptionalLong.empty())) {
            return lease.id();
        } catch (ProblemException e) {
            throw new StartException(e.detail(), e);
        }
    }

    private void print(String id, Map<String, Double> figures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = JsonNodeFactory.instance
                    .objectNode()
                    .put("model", id)
                    .put("notes", notes)
                    .put("rounds", rounds);
            figures.forEach((name, value) -> node.put(name, value.isNaN() ? null : Math.round(value * 1000) / 1000.0));
            out.println(node.toPrettyString());
        } else {
            out.printf(Locale.ROOT, "%s, pieces of %d notes, medians of %d rounds%n", id, notes, rounds);
            figures.forEach((name, value) ->
                    out.printf(Locale.ROOT, "%-34s %,12.2f  %s%n", name, value, ServingBench.meaning(name)));
        }
        out.flush();
    }
}
