package dev.cadenza.trainer.study.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.evaluation.ExporterLauncher;
import dev.cadenza.trainer.evaluation.PlayedSets;
import dev.cadenza.trainer.family.ModelFamily;
import dev.cadenza.trainer.study.Attempts;
import dev.cadenza.trainer.study.Experiment;
import dev.cadenza.trainer.study.StudyContext;
import dev.cadenza.trainer.study.result.PlayedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Part 6: what every published model plays from silence, compared with openings of people's held-out pieces. */
public final class PlayingExperiment implements Experiment {
    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus corpus = context.data().performances();
        int pieces = context.plan().pieces();
        Attempts attempts = new Attempts(context);
        attempts.add(() -> PlayedResult.people(pieces)
                .of(context.cells(), () -> new PlayedResult(PlayedSets.people(corpus, pieces, PlayedResult.NOTES))));
        if (context.exporter().isEmpty() || context.models().isEmpty()) {
            context.log().accept("the models of part 6 are skipped: no --exporter or no --models");
            attempts.end();
            return;
        }
        ExporterLauncher exporter = context.exporter().get();
        for (Map.Entry<String, Path> version : versions(context.models().get()).entrySet()) {
            attempts.add(() -> PlayedResult.cell(pieces, version.getKey())
                    .of(
                            context.cells(),
                            () -> played(context, exporter, corpus, version.getKey(), version.getValue())));
        }
        attempts.end();
    }

    private static PlayedResult played(
            StudyContext context, ExporterLauncher exporter, EncodedCorpus corpus, String name, Path version)
            throws IOException {
        int pieces = context.plan().pieces();
        Path folder = context.folder().resolve("midi").resolve(name);
        exporter.play(List.of("--model", version.toString()), pieces, PlayedResult.NOTES, 1, folder);
        context.log().accept(name + ": played");
        return new PlayedResult(
                PlayedSets.played(folder, corpus, asTrained(corpus, version), pieces, PlayedResult.NOTES));
    }

    /** The corpus as a published version reads it, by its manifest; as it is when there is none. */
    private static EncodedCorpus asTrained(EncodedCorpus corpus, Path version) throws IOException {
        Path file = version.resolve("manifest.json");
        if (Files.exists(file)) {
            JsonNode manifest = new ObjectMapper().readTree(file.toFile());
            for (ModelFamily family : ModelFamily.all()) {
                if (family.id().equals(manifest.path("kind").asText())) {
                    return family.asTrained(manifest.withObject("encoding"), corpus);
                }
            }
        }
        return corpus;
    }

    /** The highest version of each name. */
    private static Map<String, Path> versions(Path models) throws IOException {
        Map<String, Path> versions = new LinkedHashMap<>();
        for (Path name : folders(models)) {
            Optional<Path> highest = folders(name).stream()
                    .filter(version -> last(version).matches("[1-9][0-9]{0,8}"))
                    .max(Comparator.comparingInt(version -> Integer.parseInt(last(version))));
            highest.ifPresent(version -> versions.put(last(name) + "@" + last(version), version));
        }
        return versions;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String last(Path path) {
        return String.valueOf(path.getFileName());
    }
}
