package dev.cadenza.example;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.onnx.LoadedVersion;
import dev.cadenza.onnx.device.DeviceChoice;
import java.nio.file.Path;

/** Plays a piece: models folder, version such as maestro-performer@3, random seed, MIDI file. */
public final class PlayPiece {
    public static void main(String[] args) throws Exception {
        ModelRepository models = new ModelRepository(Path.of(args[0]));
        try (LoadedVersion version = LoadedVersion.load(models.verify(VersionId.parse(args[1])), DeviceChoice.CPU);
                Player player = version.lease().orElseThrow()) {
            GenerationOptions options = GenerationOptions.ofSeed(Long.parseLong(args[2]));
            Piece piece = Generator.generate(player, null, options, NoteListener.SILENT, Deadline.NONE);
            MidiFiles.write(piece.complete(0), Path.of(args[3]));
        }
    }

    private PlayPiece() {}
}
