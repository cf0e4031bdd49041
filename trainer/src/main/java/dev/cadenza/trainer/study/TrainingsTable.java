package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every training of the study that came to an end, with its data, seed, updates and wall time. */
final class TrainingsTable {
    private TrainingsTable() {}

    static void write(StudyContext context) throws IOException, CorpusFormatException {
        List<List<String>> rows = new ArrayList<>();
        double seconds = 0;
        for (String key : context.cells().keys()) {
            ObjectNode cell = context.cells().read(key).orElseThrow();
            if (cell.has("seconds")) {
                seconds += cell.path("seconds").asDouble();
                rows.add(List.of(
                        key,
                        data(cell),
                        cell.path("seed").asText("1"),
                        String.format(Locale.ROOT, "%,d", cell.path("updates").asLong()),
                        String.format(Locale.ROOT, "%.1f", cell.path("seconds").asDouble() / 60),
                        cell.path("threads").asText()));
            }
        }
        context.report()
                .heading(2, "Trainings")
                .paragraph(String.format(
                        Locale.ROOT,
                        "%d trainings that came to an end, %.1f hours of wall time, validation included and whatever else the"
                                + " machine did. Hashes of the rolls are in `results.json`; performances: %s, sha256 %s.",
                        rows.size(),
                        seconds / 3600,
                        context.data().performances().corpus().name(),
                        context.data().performances().corpus().sha256()))
                .table("trainings", List.of("training", "data", "seed", "updates", "minutes", "threads"), rows);
    }

    private static String data(ObjectNode cell) {
        JsonNode notes = cell.has("train_notes") ? cell.path("train_notes") : cell.path("notes");
        return cell.has("corpus")
                ? cell.path("corpus").asText()
                : String.format(Locale.ROOT, "performances, %,d notes", notes.asLong());
    }
}
