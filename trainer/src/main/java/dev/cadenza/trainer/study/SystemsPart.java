package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.measures.Excerpt;
import dev.cadenza.trainer.playing.ExporterLauncher;
import dev.cadenza.trainer.playing.PlayedPieces;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Part 5: every row of the likelihood table is a model that is exported, proved, loaded and played. */
final class SystemsPart implements StudyPart {
    private static final int NOTES = 120;

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "Every row is a working system";
    }

    private static String key(String corpus, RollArchitecture architecture) {
        return "systems/" + corpus + "-" + architecture.id();
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        if (context.exporter().isEmpty()) {
            context.log().accept("part 5 is skipped: no --exporter");
            return;
        }
        long seed = context.plan().rollSeeds().get(0);
        Attempts attempts = new Attempts(context);
        for (RollCorpus corpus : context.data().rolls()) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                Path best = context.runs()
                        .folder()
                        .resolve(LikelihoodPart.run(corpus.name(), architecture, seed))
                        .resolve("best.zip");
                boolean trained = context.cells()
                        .read(LikelihoodPart.key(corpus.name(), architecture, seed))
                        .isPresent();
                if (trained && Files.exists(best)) {
                    attempts.add(() -> context.cells()
                            .of(key(corpus.name(), architecture), () -> system(context, corpus, architecture, best)));
                }
            }
        }
        attempts.end();
    }

    private static ObjectNode system(
            StudyContext context, RollCorpus corpus, RollArchitecture architecture, Path checkpoint)
            throws IOException {
        ExporterLauncher exporter = context.exporter().orElseThrow();
        String name = "roll-" + corpus.name().replace('_', '-') + "-" + architecture.id();
        Path models = Files.createDirectories(context.folder().resolve("models"));
        JsonNode exported = new ObjectMapper()
                .readTree(exporter.run(List.of(
                        "export",
                        "--checkpoint",
                        checkpoint.toString(),
                        "--name",
                        name,
                        "--models",
                        models.toString(),
                        "--json")));
        Path version = models.resolve(name).resolve(exported.path("version").asText());
        Path midi = context.folder().resolve("midi").resolve(name);
        exporter.play(List.of("--model", version.toString()), 1, NOTES, 1, midi);
        List<Excerpt> played = PlayedPieces.read(midi, StudyData.TICKS_PER_SECOND);
        context.log().accept(name + ": exported, proved and played");
        return new ObjectMapper()
                .createObjectNode()
                .put("corpus", corpus.name())
                .put("model", architecture.id())
                .put("name", name)
                .put("parameters", exported.path("parameters").asLong())
                .put("bytes", exported.path("model_bytes").asLong())
                .put(
                        "compared",
                        exported.path("parity").path("compared_numbers").asLong())
                .put(
                        "largest_difference",
                        exported.path("parity").path("largest_difference").asDouble())
                .put("notes", played.get(0).notes());
    }

    @Override
    public void write(StudyContext context) throws IOException, CorpusFormatException {
        List<List<String>> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (RollCorpus corpus : context.data().rolls()) {
            for (RollArchitecture architecture : RollArchitecture.values()) {
                Optional<ObjectNode> done = context.cells().read(key(corpus.name(), architecture));
                if (done.isEmpty()) {
                    missing.add(architecture.title() + " on " + corpus.name());
                    continue;
                }
                ObjectNode cell = done.get();
                rows.add(List.of(
                        cell.path("name").asText(),
                        String.format(
                                Locale.ROOT, "%,d", cell.path("parameters").asLong()),
                        String.format(Locale.ROOT, "%,d", cell.path("bytes").asLong()),
                        String.format(Locale.ROOT, "%,d", cell.path("compared").asLong()),
                        String.format(
                                Locale.ROOT,
                                "%.2g",
                                cell.path("largest_difference").asDouble()),
                        cell.path("notes").asText()));
            }
        }
        context.report()
                .paragraph(
                        "Each model of the table above, seed 1: exported by the exporter, DL4J and ONNX Runtime compared"
                                + " on validation rolls (log-odds, likelihood and state, as one run and step by step, within 1e-5 +"
                                + " 1e-5 |b|), loaded and checked as a server does before it serves, and played from silence into a"
                                + " MIDI file. What is exported stays in the study's folder: the corpora's licence does not let it"
                                + " be published. The published roll models, one an architecture, are trained on MAESTRO as rolls.");
        if (!rows.isEmpty()) {
            context.report()
                    .table(
                            "systems",
                            List.of(
                                    "model",
                                    "parameters",
                                    "bytes",
                                    "numbers compared",
                                    "largest difference",
                                    "notes played"),
                            rows);
        }
        if (!missing.isEmpty()) {
            context.report()
                    .paragraph((context.exporter().isEmpty() ? "Skipped, without --exporter: " : "Not done yet: ")
                            + String.join(", ", missing) + ".");
        }
    }
}
