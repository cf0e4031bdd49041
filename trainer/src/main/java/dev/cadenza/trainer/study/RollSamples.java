package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.pianoroll.PianoRoll;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What roll models play from silence. */
final class RollSamples {
    private static final int STEPS = 160;

    private RollSamples() {}

    /** A sample, as it is kept in a cell. */
    record Sample(PianoRoll roll) {}

    /** The sample of a training that is done. */
    static Optional<Sample> of(StudyContext context, String corpus, RollArchitecture architecture, long seed)
            throws IOException {
        if (context.cells().read(LikelihoodPart.key(corpus, architecture, seed)).isEmpty()) {
            return Optional.empty();
        }
        Path checkpoint = context.runs()
                .folder()
                .resolve(LikelihoodPart.run(corpus, architecture, seed))
                .resolve("best.zip");
        String key = LikelihoodPart.key(corpus, architecture, seed) + "-sample";
        if (context.cells().read(key).isEmpty() && !Files.exists(checkpoint)) {
            return Optional.empty();
        }
        ObjectNode cell = context.cells().of(key, () -> {
            try {
                return write(RollSampler.sample(Checkpoint.read(checkpoint).network(), architecture, STEPS, 1, seed));
            } catch (CheckpointFormatException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
        return Optional.of(new Sample(read(cell)));
    }

    private static ObjectNode write(PianoRoll roll) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        ArrayNode steps = node.putArray("steps");
        for (int step = 0; step < roll.steps(); step++) {
            ArrayNode keys = steps.addArray();
            for (int key = 0; key < PianoRoll.KEYS; key++) {
                if (roll.on(step, key)) {
                    keys.add(key);
                }
            }
        }
        return node;
    }

    private static PianoRoll read(ObjectNode node) {
        JsonNode steps = node.path("steps");
        PianoRoll.Builder roll = new PianoRoll.Builder(steps.size());
        for (int step = 0; step < steps.size(); step++) {
            for (JsonNode key : steps.get(step)) {
                roll.on(step, key.asInt());
            }
        }
        return roll.build();
    }
}
