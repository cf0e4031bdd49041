package dev.cadenza.exporter.command;

import dev.cadenza.console.ExitCode;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.exporter.play.PieceFiles;
import dev.cadenza.exporter.publish.CheckpointModel;
import dev.cadenza.exporter.publish.PublishedModel;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exporter play}. */
@Command(
        name = "play",
        description = "Generates MIDI files without a prompt: piece-001.mid and so on, each with the next random seed.",
        mixinStandardHelpOptions = true)
final class PlayCommand implements Callable<Integer> {
    private static final int MOST_PIECES = 999;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private NamedModel what = new NamedModel();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files; created if missing.")
    private Path out = Path.of(".");

    @Option(names = "--pieces", defaultValue = "1", description = "Number of pieces, 1..999 (default: 1).")
    private int pieces = 1;

    @Option(names = "--notes", defaultValue = "200", description = "Notes of each piece, 1..10,000 (default: 200).")
    private int notes;

    @Option(names = "--seed", defaultValue = "1", description = "Random seed of the first piece (default: 1).")
    private long seed;

    @Option(names = "--temperature", description = "0..2 (default: 1; 0.95 for a performer from silence).")
    private @Nullable Double temperature;

    @Override
    public Integer call()
            throws IOException, ModelRefusedException, DeviceUnavailableException, CheckpointFormatException,
                    UntranslatableNetworkException, ExportRefusedException {
        if (pieces < 1 || pieces > MOST_PIECES) {
            throw new ParameterException(spec.commandLine(), "--pieces (" + pieces + ") must be in 1.." + MOST_PIECES);
        }
        Path checkpointFile = what.checkpoint();
        if (checkpointFile != null) {
            try (CheckpointModel checkpoint = CheckpointModel.open(checkpointFile)) {
                return play(checkpoint.model());
            }
        }
        try (PublishedModel published =
                PublishedModel.open(NamedModel.version(Objects.requireNonNull(what.model()), spec.commandLine()))) {
            return play(published.model());
        }
    }

    private int play(Player model) throws IOException {
        try {
            PieceFiles.write(
                    model,
                    out,
                    new PieceFiles.Plan(
                            pieces,
                            notes,
                            seed,
                            temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        spec.commandLine().getOut().println(pieces + " pieces in " + out);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
