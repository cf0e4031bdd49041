package dev.cadenza.trainer.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.trainer.bench.TrainingBench;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trainer bench}. */
@Command(
        name = "bench",
        description = "Measures what limits training on this machine, and how near training comes to it.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--hidden", defaultValue = "512", description = "LSTM units (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--batch", defaultValue = "64", description = "Sequences per replica (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--steps", defaultValue = "50", description = "Notes per sequence (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--rounds",
            defaultValue = "9",
            description = "Rounds of measurement; the figures are their medians (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        TrainingBench.Size size;
        try {
            size = new TrainingBench.Size(hidden, batch, steps, rounds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
        Map<String, Double> figures;
        try (ProgressBar progress = ProgressBar.of("measuring", "rounds", rounds + 1)) {
            figures = TrainingBench.run(size, round -> progress.update(round, ""));
        }
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode();
            node.put("hidden", hidden).put("batch", batch).put("steps", steps).put("rounds", rounds);
            figures.forEach((name, value) -> node.put(name, value.isNaN() ? null : rounded(value)));
            spec.commandLine().getOut().println(node.toPrettyString());
        } else {
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "LSTM(%d), %d sequences of %d notes per replica, medians of %d rounds%n",
                            hidden,
                            batch,
                            steps,
                            rounds);
            figures.forEach((name, value) -> spec.commandLine()
                    .getOut()
                    .printf(Locale.ROOT, "%-34s %,12.2f  %s%n", name, value, TrainingBench.meaning(name)));
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
