package dev.cadenza.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new kind touches three files that are not its own: the services files. So no other file may depend on which there are. */
final class KindNamesTest {
    private static final Path PROJECT = Path.of("..");
    private static final List<String> MODULES = List.of("runtime", "trainer", "exporter", "server");

    /** Which packages may use a kind's classes is held by each module's {@code ArchitectureTest}. */
    private static final Pattern NAME =
            Pattern.compile("\"(paper|performer|roll)\"|\\b(Paper|Performer|Roll)(Kind|Family|Exporter)\\b");

    /** A kind's packages in trainer and exporter; in the runtime its classes are those with its name. */
    private static final Pattern OWN = Pattern.compile(
            "trainer/src/.*/trainer/(paper|performer|roll)/.*|exporter/src/.*/kind/(paper|performer|roll)/.*"
                    + "|runtime/src/.*/onnx/(Graph)?(Paper|Performer|Roll)\\w*\\.java");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    /** None of them has to change for a new kind. */
    private static final Set<String> ALLOWED = Set.of(
            // What --preset is when it is left out.
            "trainer/command/TrainCommand.java",
            // The study compares the two kinds of the source paper's question.
            "trainer/study/result/ComparedPreset.java",
            // An input that a graph may have, by the name that the first kind with it gave it.
            "onnx/OnnxStepModel.java",
            // A shorthand that compares all outputs of the simplest graph.
            "onnx/GraphSession.java");

    @Test
    void onlyAKindsOwnFilesNameIt() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(KindNamesTest::namesAKind)
                        .map(KindNamesTest::path)
                        .filter(path -> !OWN.matcher(path).matches())
                        .forEach(path -> named.add(path.replaceFirst(".*/dev/cadenza/", "")));
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(ALLOWED);
    }

    @Test
    void threeServicesFilesListTheKinds() throws IOException {
        assertThat(services("runtime", "dev.cadenza.model.ModelKind"))
                .containsExactlyInAnyOrder("PaperKind", "PerformerKind", "RollKind");
        assertThat(services("trainer", "dev.cadenza.trainer.checkpoint.CheckpointKind"))
                .containsExactlyInAnyOrder("PaperFamily", "PerformerFamily", "RollFamily");
        assertThat(services("exporter", "dev.cadenza.exporter.kind.KindExporter"))
                .containsExactlyInAnyOrder("PaperExporter", "PerformerExporter", "RollExporter");
    }

    private static String path(Path file) {
        return PROJECT.relativize(file).toString().replace('\\', '/');
    }

    private static boolean namesAKind(Path file) {
        try {
            return NAME.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simple names of the classes in a services file. */
    private static Set<String> services(String module, String service) throws IOException {
        Path file = PROJECT.resolve(module).resolve("src/main/resources/META-INF/services/" + service);
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.substring(line.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }
}
