package dev.cadenza.trainer.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code key.json}: which clip is whose. The page does not read it.
 *
 * @param page id of the page
 * @param clips who played, by the clip's name
 */
record ListeningKey(String page, Map<String, String> clips) {
    private static final String FILE = "key.json";

    ListeningKey {
        page = page == null ? "" : page;
        clips = clips == null ? Map.of() : clips;
    }

    /** That of the page in a folder. */
    static ListeningKey read(Path folder) throws IOException {
        return CellJson.read(Files.readString(folder.resolve(FILE)), ListeningKey.class);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), CellJson.text(this));
    }
}
