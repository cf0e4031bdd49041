package dev.cadenza.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The runtime's tiny published model, which plays noise, on the tests' class path. */
public final class TinyModel {
    public static final String NAME = "tiny-paper";

    private TinyModel() {}

    /** The models folder that holds it. */
    public static Path models() {
        URL url = TinyModel.class.getResource("/models");
        if (url == null) {
            throw new IllegalStateException("the tiny model is not on the class path");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy of its version under another name and number. */
    public static Path copyTo(Path models, String name, int version) {
        Path from = models().resolve(NAME).resolve("1");
        Path to = models.resolve(name).resolve(Integer.toString(version));
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
