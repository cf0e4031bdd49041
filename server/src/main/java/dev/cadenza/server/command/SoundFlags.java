package dev.cadenza.server.command;

import dev.cadenza.server.sound.WavRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How pieces sound. */
final class SoundFlags {
    @Option(
            names = "--soundfont",
            paramLabel = "FILE",
            description = "SF2 sound bank for audio/wav (default: the JDK's own, or the host's).")
    private @Nullable Path soundFont;

    /** What renders, with the bank that is given. */
    WavRenderer renderer() throws StartException {
        if (soundFont == null) {
            return WavRenderer.ofDefaultBank();
        }
        if (!Files.isRegularFile(soundFont) || !Files.isReadable(soundFont)) {
            throw new StartException("--soundfont: " + soundFont + " is not a file that can be read");
        }
        try {
            return WavRenderer.of(soundFont);
        } catch (IOException e) {
            throw new StartException("--soundfont: " + e.getMessage());
        }
    }
}
