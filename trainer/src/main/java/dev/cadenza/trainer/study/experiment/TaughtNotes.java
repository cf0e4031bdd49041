package dev.cadenza.trainer.study.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.pianoroll.RollEncoding;
import dev.cadenza.trainer.checkpoint.CheckpointInfo;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.roll.PerformedRolls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A corpus as a published version was taught it. */
final class TaughtNotes {
    private TaughtNotes() {}

    /** On its steps for a version of kind {@code roll}, by its manifest; as it is for any other. */
    static EncodedCorpus of(EncodedCorpus corpus, Path version) throws IOException {
        Path file = version.resolve("manifest.json");
        if (!Files.exists(file)) {
            return corpus;
        }
        JsonNode manifest = new ObjectMapper().readTree(file.toFile());
        return manifest.path("kind").asText().equals(CheckpointInfo.ROLL)
                ? PerformedRolls.asNotes(
                        corpus, RollEncoding.fromJson(manifest.path("encoding")).stepMillis())
                : corpus;
    }
}
